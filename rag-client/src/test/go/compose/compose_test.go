// Package compose loads docker/compose.yaml as docker compose itself does, and checks what it says.
package compose

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

const folder = "../../../../../docker/"

func load(t *testing.T, environment []string, files ...string) *types.Project {
	t.Helper()
	options, err := cli.NewProjectOptions(files, cli.WithEnv(environment))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func TestServices_all_arePinnedAndHealthCheckedAndRestarted(t *testing.T) {
	project := load(t, nil, folder+"compose.yaml")
	if len(project.Services) != 4 {
		t.Fatalf("services: %v", project.ServiceNames())
	}
	for name, service := range project.Services {
		_, tag, tagged := strings.Cut(service.Image, ":")
		if !tagged || tag == "latest" {
			t.Errorf("%s: image %s is not pinned", name, service.Image)
		}
		if service.HealthCheck == nil || len(service.HealthCheck.Test) < 2 {
			t.Errorf("%s has no health check", name)
		}
		if service.Restart != "unless-stopped" {
			t.Errorf("%s: restart %q", name, service.Restart)
		}
		for _, needed := range service.DependsOn {
			if needed.Condition != types.ServiceConditionHealthy {
				t.Errorf("%s starts before another is healthy", name)
			}
		}
	}
}

func TestPorts_onlyTheServers_onLoopback(t *testing.T) {
	project := load(t, []string{"RAGLINE_PORT=6000"}, folder+"compose.yaml")
	for name, service := range project.Services {
		if name != "rag-server" {
			if len(service.Ports) > 0 {
				t.Errorf("%s publishes %v", name, service.Ports)
			}
			continue
		}
		if len(service.Ports) != 1 {
			t.Fatalf("ports: %v", service.Ports)
		}
		port := service.Ports[0]
		if port.HostIP != "127.0.0.1" || port.Published != "6000" || port.Target != 50051 {
			t.Errorf("port: %v", port)
		}
	}
}

func TestServersHealth_isAskedOfItsHealthService(t *testing.T) {
	check := load(t, nil, folder+"compose.yaml").Services["rag-server"].HealthCheck
	if strings.Join(check.Test, " ") != "CMD /opt/ragline/rag health --timeout 10s" {
		t.Errorf("health check: %v", check.Test)
	}
	if check.Timeout == nil || time.Duration(*check.Timeout) <= 10*time.Second {
		t.Errorf("the check is cut before it ends: %v", check.Timeout)
	}
}

func TestData_isInNamedVolumes(t *testing.T) {
	project := load(t, nil, folder+"compose.yaml")
	for _, name := range []string{"milvus", "minio", "etcd"} {
		volumes := project.Services[name].Volumes
		if len(volumes) != 1 || volumes[0].Type != types.VolumeTypeVolume || volumes[0].Source != name {
			t.Errorf("%s: volumes %v", name, volumes)
		}
		if project.Volumes[name].Name != "ragline_"+name {
			t.Errorf("volume %s is named %s", name, project.Volumes[name].Name)
		}
	}
}

func TestServer_isBuiltFromTheRootAndKnowsMilvus(t *testing.T) {
	server := load(t, []string{"RAGLINE_STORE_TOKEN=a:b"}, folder+"compose.yaml").Services["rag-server"]
	if server.Build == nil || server.Build.Dockerfile != "docker/Dockerfile" {
		t.Fatalf("build: %v", server.Build)
	}
	expected := map[string]string{
		"RAGLINE_STORE_ADDRESS": "http://milvus:19530",
		"RAGLINE_STORE_TOKEN":   "a:b",
		"RAGLINE_LLM_NAME":      "",
		"RAGLINE_SERVER_HOST":   "0.0.0.0",
	}
	for name, value := range expected {
		if found := server.Environment[name]; found == nil || *found != value {
			t.Errorf("%s is not %q", name, value)
		}
	}
	for _, word := range server.Command {
		if word == "--store" {
			t.Error("an option hides the environment's store")
		}
	}
}

func TestSecrets_comeFromVariables(t *testing.T) {
	project := load(t, []string{"MINIO_ROOT_USER=u", "MINIO_ROOT_PASSWORD=p"}, folder+"compose.yaml")
	milvus := project.Services["milvus"].Environment
	minio := project.Services["minio"].Environment
	if *milvus["MINIO_ACCESS_KEY_ID"] != "u" || *milvus["MINIO_SECRET_ACCESS_KEY"] != "p" ||
		*minio["MINIO_ROOT_USER"] != "u" || *minio["MINIO_ROOT_PASSWORD"] != "p" {
		t.Errorf("MinIO's and Milvus's keys are not those of the variables")
	}
}

func TestReplicas_takeFreePorts(t *testing.T) {
	server := load(t, nil, folder+"compose.yaml", folder+"compose.replicas.yaml").Services["rag-server"]
	if server.Deploy == nil || server.Deploy.Replicas == nil || *server.Deploy.Replicas != 3 {
		t.Fatalf("deploy: %v", server.Deploy)
	}
	if len(server.Ports) != 1 || server.Ports[0].Published != "" || server.Ports[0].HostIP != "127.0.0.1" {
		t.Errorf("ports: %v", server.Ports)
	}
}

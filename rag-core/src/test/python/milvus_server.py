"""Runs a Milvus in this very process, so that its id is the server's, and ends it with whoever started it.

unpack PROGRAMS                              unpacks the standalone's programs
lite PORT DATA                               runs Milvus Lite
standalone PORT DATA PROGRAMS AUTH SPARE...  runs Milvus standalone; AUTH is true or false, the rest are spare ports
"""

import os
import signal
import sys

PARTS = ["rootCoord", "proxy", "queryCoord", "queryNode", "indexNode", "dataCoord", "dataNode"]


def end_with_standard_input():
    """Kills this process when its standard input ends: whoever started it is gone."""
    server = os.getpid()
    if os.fork() > 0:
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin.buffer.read()
    if os.getppid() == server:
        os.kill(server, signal.SIGKILL)
    os._exit(0)


def unpack(programs):
    import milvus

    # Unpacks into "bin" below what it is told.
    milvus._initialize_data_files(os.path.dirname(programs))


def lite(port, data):
    from milvus_lite.adapter.grpc.server import run_server

    # It closes its data in order on a keyboard interrupt only.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    run_server(data, "127.0.0.1", int(port))


def standalone(port, data, programs, authorization, *spare):
    import milvus

    spare = list(map(int, spare))
    config = milvus.MilvusServerConfig(data_dir=data)
    config.resolve_storage()
    for key in config.configurable_items:
        if key.endswith("_port"):
            config.set(key, int(port) if key == "proxy_port" else spare.pop())
    for part in PARTS:
        config.set(part + ".ip", "127.0.0.1")
    config.set("authorization_enabled", authorization == "true")
    # Seconds; it is half an hour otherwise, and a loaded collection makes it wait for all of it.
    config.set("common.gracefulStopTimeout", 1)
    # Seconds; a server that was killed answers for its collections only once its old self is forgotten.
    config.set("common.session.ttl", 10)
    config.write_config()

    os.chdir(data)
    os.environ.update(
        DEPLOY_MODE="STANDALONE",
        ETCD_CONFIG_PATH=etcd(data, spare.pop(), spare.pop()),
        METRICS_PORT=str(spare.pop()),
        LD_LIBRARY_PATH=programs,
        DYLD_LIBRARY_PATH=programs,
    )
    program = os.path.join(programs, "milvus")
    os.execv(program, [program, "run", "standalone"])


def etcd(data, client, peer):
    """The etcd inside takes its ports from a file of its own alone."""
    path = os.path.join(data, "configs", "etcd.yaml")
    with open(path, "w", encoding="utf-8") as file:
        for kind, port in ("client", client), ("peer", peer):
            url = f"http://127.0.0.1:{port}"
            print(f"listen-{kind}-urls: {url}", file=file)
            advertise = "advertise-client-urls" if kind == "client" else "initial-advertise-peer-urls"
            print(f"{advertise}: {url}", file=file)
        print(f"name: default\ninitial-cluster: default=http://127.0.0.1:{peer}", file=file)
    return path


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "unpack":
        unpack(*arguments)
    else:
        end_with_standard_input()
        {"lite": lite, "standalone": standalone}[command](*arguments)

#!/usr/bin/env bash
# milvus-sdk-java beside grpc-netty-shaded: Netty goes without its native transport and without BoringSSL, and says nothing.
#
# What happens: the SDK shades gRPC and Netty under io.milvus.shaded, but its jar holds Netty's native libraries under the
# names that grpc-netty-shaded's own have (META-INF/native/libio_grpc_netty_shaded_netty_…), from an older Netty. With both
# on the class path Netty finds two files of one name with different bytes, and loads neither (NativeLibraryLoader: "Multiple
# resources found … with different content"). Epoll.isAvailable() and OpenSsl.isAvailable() are false; the server runs on
# NIO and the JDK's TLS. The SDK does not use the files itself: relocated as it is, it looks for io_milvus_shaded_….
#
# Seen with milvus-sdk-java 2.6.22 and grpc-netty-shaded 1.85.1 on Linux x86_64, JDK 25:
#   grpc-netty-shaded alone                 epoll true   boringssl true
#   with milvus-sdk-java                    epoll false  boringssl false
#   with it, without its META-INF/native    epoll true   boringssl true
#
# Needs Maven, a JDK of 17 or later (JAVA_HOME, or the one on the PATH), zip, and Linux. Ends with 0 where it is still so,
# with 1 where it has changed, and with 2 where it cannot be seen here.
set -euo pipefail

milvus=io.milvus:milvus-sdk-java:2.6.22
grpc=io.grpc:grpc-netty-shaded:1.85.1
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

cannot() {
  echo "cannot be seen here: $*" >&2
  exit 2
}
[ "$(uname -s)" = Linux ] || cannot "this is not Linux"
for tool in mvn "$java" zip; do command -v "$tool" >/dev/null || cannot "$tool is not there"; done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/grpc" "$work/milvus"
cat >"$work/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>milvus-sdk-native-libraries</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>${grpc%%:*}</groupId>
      <artifactId>grpc-netty-shaded</artifactId>
      <version>${grpc##*:}</version>
    </dependency>
  </dependencies>
</project>
POM
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.9.0
mvn -B -q -f "$work/pom.xml" "$plugin:copy-dependencies" -DoutputDirectory="$work/grpc" || cannot "$grpc cannot be had"
mvn -B -q -f "$work/pom.xml" "$plugin:copy" -Dartifact="$milvus" -DoutputDirectory="$work/milvus" || cannot "$milvus cannot be had"

cat >"$work/Natives.java" <<'JAVA'
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;

class Natives {
  public static void main(String[] arguments) {
    System.out.println("epoll " + Epoll.isAvailable() + " boringssl " + OpenSsl.isAvailable());
    for (Throwable why = Epoll.unavailabilityCause(); why != null; why = why.getCause()) {
      System.err.println("  " + String.valueOf(why.getMessage()).lines().findFirst().orElse(""));
    }
  }
}
JAVA

changed=0
expect() { # EXPECTED WHAT CLASSPATH
  local seen
  seen=$("$java" -cp "$3" "$work/Natives.java" 2>"$work/err") || cannot "$(tail -1 "$work/err")"
  echo "$2: $seen"
  grep '^  ' "$work/err" || true
  [ "$seen" = "$1" ] || { echo "  changed: expected $1" >&2; changed=1; }
}

"$java" -version 2>&1 | head -1
echo "$grpc, $milvus"
expect "epoll true boringssl true" "grpc-netty-shaded alone" "$work/grpc/*"
expect "epoll false boringssl false" "with milvus-sdk-java" "$work/grpc/*:$work/milvus/*"
(cd "$work/milvus" && zip -q -d ./*.jar 'META-INF/native/*')
expect "epoll true boringssl true" "with it, without its META-INF/native" "$work/grpc/*:$work/milvus/*"
exit $changed

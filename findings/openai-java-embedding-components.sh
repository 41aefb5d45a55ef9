#!/usr/bin/env bash
# openai-java: what an embedding holds beside numbers is told in two ways, and of a null nothing is told.
#
# What happens: an endpoint gives a vector with something else than numbers in it (llama.cpp, text-embeddings-inference and
# Ollama were seen to). The typed accessor is expected to throw OpenAIInvalidDataException then, and the raw one, whose name
# begins with an underscore, to throw nothing: that is what its documentation says ("this method doesn't throw if the JSON
# field has an unexpected type"). For embeddings both throw IllegalStateException, which is no OpenAIException, since they
# convert the value on their way. A null among the numbers is taken: the List<Float> holds it, validate() lets it pass, and
# the caller meets a NullPointerException where it unboxes.
#
# Seen with openai-java-core 4.100.0, JDK 17 and 25:
#   numbers   embedding() [0.5, 0.25]     _embedding() known     validate() passes
#   text      embedding() IllegalStateException   _embedding() IllegalStateException   validate() OpenAIInvalidDataException
#   null      embedding() [null, 0.25]    _embedding() known     validate() passes
#
# Needs Maven and a JDK of 17 or later (JAVA_HOME, or the one on the PATH). Ends with 0 where it is still so, with 1 where it
# has changed, and with 2 where it cannot be seen here.
set -euo pipefail

library=com.openai:openai-java-core:4.100.0
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

cannot() {
  echo "cannot be seen here: $*" >&2
  exit 2
}
for tool in mvn "$java"; do command -v "$tool" >/dev/null || cannot "$tool is not there"; done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/jars"
cat >"$work/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>openai-java-embedding-components</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>${library%%:*}</groupId>
      <artifactId>openai-java-core</artifactId>
      <version>${library##*:}</version>
    </dependency>
  </dependencies>
</project>
POM
plugin=org.apache.maven.plugins:maven-dependency-plugin:3.9.0
mvn -B -q -f "$work/pom.xml" "$plugin:copy-dependencies" -DoutputDirectory="$work/jars" || cannot "$library cannot be had"

cat >"$work/Components.java" <<'JAVA'
import com.openai.core.ObjectMappers;
import com.openai.models.embeddings.Embedding;
import java.util.concurrent.Callable;

class Components {
  public static void main(String[] arguments) throws Exception {
    see("numbers", "[0.5, 0.25]");
    see("text", "[\"half\", 0.25]");
    see("null", "[null, 0.25]");
  }

  private static void see(String name, String components) throws Exception {
    String json = "{\"object\":\"embedding\",\"index\":0,\"embedding\":" + components + "}";
    Embedding embedding = ObjectMappers.jsonMapper().readValue(json, Embedding.class);
    System.out.println(
        name
            + ": embedding() " + outcome(() -> embedding.embedding())
            + ", _embedding() " + outcome(() -> embedding._embedding().asKnown().isPresent() ? "known" : "unknown")
            + ", validate() " + outcome(() -> embedding.validate() == null ? "" : "passes"));
  }

  private static String outcome(Callable<Object> call) {
    try {
      return String.valueOf(call.call());
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }
}
JAVA

"$java" -version 2>&1 | head -1
echo "$library"
seen=$("$java" -cp "$work/jars/*" "$work/Components.java" 2>"$work/err") || cannot "$(tail -1 "$work/err")"
echo "$seen"
expected='numbers: embedding() [0.5, 0.25], _embedding() known, validate() passes
text: embedding() IllegalStateException, _embedding() IllegalStateException, validate() OpenAIInvalidDataException
null: embedding() [null, 0.25], _embedding() known, validate() passes'
[ "$seen" = "$expected" ] || { echo "changed: expected" >&2; echo "$expected" >&2; exit 1; }

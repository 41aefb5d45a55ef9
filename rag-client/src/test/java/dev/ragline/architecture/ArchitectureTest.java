package dev.ragline.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

@AnalyzeClasses(
    packages = "dev.ragline",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  private static final String WIRE = "dev.ragline.v1..";
  private static final String SERVER = "dev.ragline.server..";
  private static final String CLIENT = "dev.ragline.client..";

  /** Leaves out the tests of other modules and what is generated. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(com.tngtech.archunit.core.importer.Location location) {
      return !location.contains("-tests.jar")
          && !location.contains("/test-classes/")
          && !location.contains("/dev/ragline/v1/");
    }
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.ragline.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theLeafDependsOnNothingOfOurs =
      classes()
          .that()
          .resideInAPackage("dev.ragline.document..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.ragline.document..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule siblingsDoNotKnowOneAnother =
      slices()
          .matching("dev.ragline.(embedding|store|generation|parsing)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule theCoreKnowsNoWire =
      noClasses()
          .that()
          .resideOutsideOfPackages(SERVER, CLIENT, WIRE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..", WIRE, SERVER, CLIENT);

  @ArchTest
  static final ArchRule theClientKnowsTheProtosOnly =
      noClasses()
          .that()
          .resideInAPackage(CLIENT)
          .should()
          .dependOnClassesThat(
              describe(
                  "belong to the server or the core",
                  type ->
                      type.getPackageName().startsWith("dev.ragline.")
                          && !type.getPackageName().startsWith("dev.ragline.client")
                          && !type.getPackageName().startsWith("dev.ragline.v1")));

  @ArchTest
  static final ArchRule luceneIsTheStoresOwn =
      onlyIn("dev.ragline.(store.lucene|analysis)..", "org.apache.lucene..");

  @ArchTest
  static final ArchRule openNlpIsTheAnalysisOwn = onlyIn("dev.ragline.analysis..", "opennlp..");

  @ArchTest
  static final ArchRule milvusIsTheStoresOwn = onlyIn("dev.ragline.store.milvus..", "io.milvus..");

  @ArchTest
  static final ArchRule onnxStaysInItsPackages =
      onlyIn("dev.ragline..onnx..", "ai.onnxruntime..", "ai.djl..");

  @ArchTest
  static final ArchRule onlyModelsRunInThisProcessKnowOnnx =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.ragline..onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ragline.onnx..");

  @ArchTest
  static final ArchRule openAiStaysInItsPackages =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.ragline..openai..", "dev.ragline.upstream..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.openai..", "okhttp3..");

  @ArchTest
  static final ArchRule tokenCountingIsTheGenerationsOwn =
      onlyIn("dev.ragline.generation", "com.knuddels..");

  @ArchTest
  static final ArchRule quotasAreTheAdmissionsOwn =
      onlyIn("dev.ragline.admission..", "io.github.bucket4j..");

  @ArchTest
  static final ArchRule sparingEndpointsIsTheUpstreamsOwn =
      onlyIn("dev.ragline.upstream..", "io.github.resilience4j..");

  @ArchTest static final ArchRule celIsTheFiltersOwn = onlyIn("dev.ragline.filter..", "dev.cel..");

  @ArchTest
  static final ArchRule commonmarkIsTheParsersOwn =
      onlyIn("dev.ragline.parsing..", "org.commonmark..");

  @ArchTest
  static final ArchRule guiceStaysInModules =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Module")
          .and()
          .doNotHaveFullyQualifiedName("dev.ragline.server.RaglineServer")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.inject..");

  /** A thread that nobody counts and bounds is one that can be waited for for ever. */
  @ArchTest
  static final ArchRule executionMakesAllThreads =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.ragline.execution..", CLIENT, "dev.ragline.bench..")
          .should()
          .callMethodWhere(describe("makes threads", MakesThreads::byMethod))
          .orShould()
          .callConstructorWhere(describe("makes threads", MakesThreads::byConstructor));

  private static final class MakesThreads {
    private static final Set<String> ASYNC = Set.of("supplyAsync", "runAsync");

    static boolean byMethod(JavaMethodCall call) {
      JavaClass owner = call.getTargetOwner();
      String name = call.getName();
      boolean ofThread =
          owner.isEquivalentTo(Thread.class)
              && Set.of("ofVirtual", "ofPlatform", "startVirtualThread").contains(name);
      boolean common =
          owner.isEquivalentTo(CompletableFuture.class)
              && ASYNC.contains(name)
              && call.getTarget().getRawParameterTypes().size() == 1;
      return ofThread
          || common
          || owner.isEquivalentTo(Executors.class)
          || owner.isEquivalentTo(ForkJoinPool.class)
          || (name.startsWith("parallel") && owner.getPackageName().equals("java.util.stream"));
    }

    static boolean byConstructor(JavaConstructorCall call) {
      JavaClass owner = call.getTargetOwner();
      return owner.isAssignableTo(Thread.class) || owner.isAssignableTo(ExecutorService.class);
    }
  }

  private static ArchRule onlyIn(String home, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }
}

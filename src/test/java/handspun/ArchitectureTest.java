package handspun;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import handspun.data.TrainingData;
import handspun.run.Engine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The shape that src/ARCHITECTURE.md promises, held by the build.
 *
 * <p>Plain tests, not ArchUnit's own runner: Surefire counts none of that one's tests and passes
 * over their failures.
 */
class ArchitectureTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .importPackages("handspun");

  /** Of Spark's API, as its documentation has it, with all that begins like this. */
  private static final List<String> PUBLIC_SPARK =
      List.of(
          "org.apache.spark.BarrierTask",
          "org.apache.spark.SparkConf",
          "org.apache.spark.SparkContext",
          "org.apache.spark.SparkEnv",
          "org.apache.spark.SparkException",
          "org.apache.spark.TaskContext",
          "org.apache.spark.TaskKilledException",
          "org.apache.spark.api.",
          "org.apache.spark.broadcast.Broadcast",
          "org.apache.spark.launcher.",
          // A trait that Spark calls private, but names in a setting for everybody to implement.
          "org.apache.spark.metrics.source.Source",
          "org.apache.spark.rdd.RDD",
          "org.apache.spark.scheduler.SparkListener",
          "org.apache.spark.serializer.",
          "org.apache.spark.storage.StorageLevel");

  /** The same of classes that have private methods, too. */
  private static final Map<String, List<String>> PUBLIC_METHODS =
      Map.of(
          "org.apache.spark.SparkContext",
          List.of(
              "cancelJobGroupAndFutureJobs",
              "isStopped",
              "listJars",
              "setJobDescription",
              "uiWebUrl"),
          "org.apache.spark.SparkEnv",
          List.of("get", "conf", "executorId"));

  /**
   * From top to bottom; packages on one line do not know each other. The first ones are not in the
   * shipped jar.
   */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("handspun.bench", "handspun.bench.kernels"),
          List.of("handspun.cli"),
          List.of("handspun.tune"),
          List.of("handspun.cluster", "handspun.run"),
          List.of("handspun.report", "handspun.serve", "handspun.spark"),
          List.of("handspun.drawings", "handspun.inference"),
          List.of("handspun.parallel", "handspun.read"),
          List.of("handspun.store", "handspun.wire"),
          List.of("handspun.train"),
          List.of("handspun.data", "handspun.image"),
          List.of("handspun.network"),
          List.of("handspun.math", "handspun.files"),
          List.of("handspun"));

  private static final List<String> MAY_ASK_FOR_TEST_IMAGES =
      List.of(
          "handspun.cli.CompareCommand",
          "handspun.cli.EvaluateCommand",
          "handspun.cli.GenerateCommand",
          "handspun.cli.TrainingConsole",
          "handspun.run.TaughtData",
          "handspun.run.Training",
          "handspun.serve.ExampleSets",
          "handspun.train.LayerFit");

  static final List<String> PACKAGES = LAYERS.stream().flatMap(List::stream).toList();

  @Test
  void everyPackageIsInTheTable() {
    classes().should().resideInAnyPackage(PACKAGES.toArray(String[]::new)).check(PROGRAM);
  }

  @ParameterizedTest
  @FieldSource("PACKAGES")
  void importsPointDownwards(String ours) {
    List<String> forbidden = new ArrayList<>();
    for (List<String> layer : LAYERS) {
      layer.stream().filter(other -> !other.equals(ours)).forEach(forbidden::add);
      if (layer.contains(ours)) {
        break;
      }
    }
    assertThat(forbidden).isNotEmpty();
    noClasses()
        .that()
        .resideInAPackage(ours)
        .should()
        .dependOnClassesThat(resideInAnyPackage(forbidden.toArray(String[]::new)))
        .check(PROGRAM);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("handspun.(*)..").should().beFreeOfCycles().check(PROGRAM);
  }

  @ParameterizedTest
  @CsvSource({
    "com.esotericsoftware.kryo.kryo5.., handspun.store",
    "net.razorvine..,                   handspun.data",
    "org.apache.commons.math3..,        handspun.train",
    // The benchmark's server that does nothing else.
    "com.sun.net.httpserver..,          handspun.serve handspun.bench",
    "org.HdrHistogram..,                handspun.bench",
    "org.openjdk.jmh..,                 handspun.bench.kernels",
    "picocli..,                         handspun.cli handspun.bench",
    "me.tongfei..,                      handspun.cli",
    // Plans are written as they are read.
    "com.typesafe.config..,             handspun.cli handspun.report",
    "org.knowm..,                       handspun.report handspun.bench"
  })
  void aLibraryStaysInItsPackages(String library, String ours) {
    onlyIn(library, ours.split(" ")).check(PROGRAM);
  }

  @Test
  void theVectorApiStaysInTheKernelsAndInWhatMeasuresTheMachine() {
    noClasses()
        .that()
        .haveNameNotMatching("handspun\\.math\\.Vector\\w+")
        .and()
        .doNotHaveFullyQualifiedName("handspun.bench.kernels.MachineBenchmarks")
        .should()
        .dependOnClassesThat(resideInAnyPackage("jdk.incubator.."))
        .check(PROGRAM);
    classes()
        .that()
        .haveNameMatching("handspun\\.math\\.Vector\\w+")
        .and()
        .doNotHaveFullyQualifiedName("handspun.math.VectorKernelsTest")
        .should()
        .dependOnClassesThat(resideInAnyPackage("jdk.incubator.."))
        .check(PROGRAM);
  }

  @Test
  void sparksKryoStaysInItsRegistrator() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("handspun.spark.KryoRegistration")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("com.esotericsoftware.kryo..")
                .and(not(resideInAnyPackage("com.esotericsoftware.kryo.kryo5.."))))
        .check(PROGRAM);
  }

  @Test
  void sparkStaysInItsPackageAndWhereOneIsGiven() {
    noClasses()
        .that()
        .resideOutsideOfPackage("handspun.spark")
        .and()
        .doNotBelongToAnyOf(Engine.class)
        .and()
        .doNotHaveFullyQualifiedName("handspun.run.GivenSparkEngine")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "scala.."))
        .check(PROGRAM);
  }

  /** Spark may change in any version what its documentation does not have. */
  @Test
  void whatSparkCallsPrivateStaysInOneClass() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("handspun.spark.SparkInternals")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.spark..").and(not(describe("public", this::isPublic))))
        .orShould()
        .callMethodWhere(
            describe(
                "only Spark itself may call",
                call ->
                    PUBLIC_METHODS.containsKey(call.getTargetOwner().getName())
                        && !PUBLIC_METHODS
                            .get(call.getTargetOwner().getName())
                            .contains(call.getName())))
        .check(PROGRAM);
  }

  private boolean isPublic(JavaClass spark) {
    return PUBLIC_SPARK.stream().anyMatch(spark.getName()::startsWith);
  }

  /**
   * What is learned or chosen must not depend on test images. Those who may ask test in the end,
   * are told to by the user, or only count, refuse labels or hand them on: UntouchedTestSetTest
   * proves the rest.
   */
  @Test
  void onlyWhatTestsInTheEndAsksForTestImages() {
    ArchRule rule = onlyThoseAskForTestImages(MAY_ASK_FOR_TEST_IMAGES);
    rule.check(PROGRAM);
    for (String one : MAY_ASK_FOR_TEST_IMAGES) {
      List<String> others =
          MAY_ASK_FOR_TEST_IMAGES.stream().filter(other -> !other.equals(one)).toList();
      assertThatThrownBy(() -> onlyThoseAskForTestImages(others).check(PROGRAM))
          .as(one + " asks")
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(one);
    }
  }

  private static ArchRule onlyThoseAskForTestImages(List<String> classes) {
    return noClasses()
        .that()
        .resideOutsideOfPackages("handspun.data", "handspun.bench")
        .and(describe("are not listed", one -> !classes.contains(one.getName())))
        .should()
        .accessTargetWhere(
            describe(
                "it is the test set",
                access ->
                    access.getTarget().getName().equals("test")
                        && access.getTargetOwner().isAssignableTo(TrainingData.class)));
  }

  @Test
  void theEngineKnowsNeitherSparkNorSockets() {
    noClasses()
        .that()
        .resideInAPackage("handspun.parallel")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache..", "scala..", "java.net..", "java.nio.channels.."))
        .check(PROGRAM);
  }

  @Test
  void hadoopStaysWithTheFiles() {
    onlyIn("org.apache.hadoop..", "handspun.files", "handspun.spark").check(PROGRAM);
  }

  @Test
  void onlyWhatTasksOfAnExecutorShareIsStaticAndChanges() {
    fields()
        .that(describe("are static and can change", ArchitectureTest::isStaticAndCanChange))
        .should()
        .beDeclaredIn("handspun.spark.ExecutorShared")
        .check(PROGRAM);
  }

  @Test
  void namesSaySomething() {
    Stream.of("Util", "Utils", "Common", "Helper", "Manager")
        .forEach(name -> noClasses().should().haveSimpleNameEndingWith(name).check(PROGRAM));
  }

  @Test
  void aBrokenRuleFails() {
    ArchRule broken = onlyIn("picocli..", "handspun.math");
    assertThatThrownBy(() -> broken.check(PROGRAM))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("handspun.cli.Main");
  }

  private static ArchRule onlyIn(String library, String... ours) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(ours)
        .should()
        .dependOnClassesThat(resideInAnyPackage(library));
  }

  private static boolean isStaticAndCanChange(JavaField field) {
    return field.getModifiers().contains(STATIC)
        && !field.getModifiers().contains(SYNTHETIC)
        && (!field.getModifiers().contains(FINAL) || isContainer(field.getRawType()));
  }

  /**
   * Constants made by {@code List.of} and {@code Map.of} have the interface as their type and
   * cannot change.
   */
  private static boolean isContainer(JavaClass type) {
    return !type.isEquivalentTo(List.class)
        && !type.isEquivalentTo(Map.class)
        && (type.isAssignableTo(Collection.class)
            || type.isAssignableTo(Map.class)
            || type.getPackageName().startsWith("java.util.concurrent"));
  }
}

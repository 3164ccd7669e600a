package handspun;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The shape that src/ARCHITECTURE.md promises, held by the build. */
@AnalyzeClasses(packages = "handspun", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /** From top to bottom; packages on one line do not know each other. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("handspun.cli"),
          List.of("handspun.report", "handspun.serve", "handspun.spark"),
          List.of("handspun.store"),
          List.of("handspun.train"),
          List.of("handspun.data", "handspun.image"),
          List.of("handspun.network"),
          List.of("handspun.math"),
          List.of("handspun"));

  @ArchTest
  static final ArchRule everyPackageIsInTheTable =
      classes()
          .should()
          .resideInAnyPackage(LAYERS.stream().flatMap(List::stream).toArray(String[]::new));

  @ArchTest static final ArchRule importsPointDownwards = importsPointDownwards();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("handspun.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule kryoStaysInTheStore =
      only("com.esotericsoftware.kryo.kryo5..", "handspun.store");

  @ArchTest
  static final ArchRule sparksKryoStaysInItsRegistrator =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("handspun.spark.KryoRegistration")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("com.esotericsoftware.kryo..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage("com.esotericsoftware.kryo.kryo5.."))));

  @ArchTest static final ArchRule pickleStaysWithTheData = only("net.razorvine..", "handspun.data");

  @ArchTest
  static final ArchRule theHttpServerStaysInServe =
      only("com.sun.net.httpserver..", "handspun.serve");

  @ArchTest static final ArchRule picocliStaysInTheCommandLine = only("picocli..", "handspun.cli");

  @ArchTest static final ArchRule chartsStayInTheReport = only("org.knowm..", "handspun.report");

  @ArchTest
  static final ArchRule sparkStaysInSparkAndTrain =
      noClasses()
          .that()
          .resideOutsideOfPackage("handspun.spark")
          .and()
          .doNotHaveFullyQualifiedName("handspun.cli.TrainCommand")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "scala.."));

  @ArchTest
  static final ArchRule onlyTheExecutorsMemoryIsStaticAndChanges =
      fields()
          .that(
              new DescribedPredicate<JavaField>("are static and hold something that can change") {
                @Override
                public boolean test(JavaField field) {
                  return field.getModifiers().contains(STATIC)
                      && !field.getModifiers().contains(SYNTHETIC)
                      && (!field.getModifiers().contains(FINAL) || isContainer(field));
                }
              })
          .should()
          .beDeclaredIn("handspun.spark.ExecutorShared")
          .allowEmptyShould(true);

  private static boolean isContainer(JavaField field) {
    // List.of and Map.of are declared by their interface as well, and cannot change; what can
    // is declared by a concurrent or concrete type, or lives in ExecutorShared.
    JavaClass type = field.getRawType();
    return !type.isEquivalentTo(List.class)
        && !type.isEquivalentTo(Map.class)
        && (type.isAssignableTo(Collection.class)
            || type.isAssignableTo(Map.class)
            || type.getName().startsWith("java.util.concurrent"));
  }

  private static ArchRule only(String library, String ours) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ours)
        .should()
        .dependOnClassesThat(resideInAnyPackage(library));
  }

  private static ArchRule importsPointDownwards() {
    CompositeArchRule rule = null;
    List<String> notBelow = new ArrayList<>();
    for (List<String> layer : LAYERS) {
      for (String ours : layer) {
        List<String> forbidden = new ArrayList<>(notBelow);
        layer.stream().filter(other -> !other.equals(ours)).forEach(forbidden::add);
        if (forbidden.isEmpty()) {
          continue;
        }
        ArchRule one =
            noClasses()
                .that()
                .resideInAPackage(ours)
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden.toArray(String[]::new)))
                .allowEmptyShould(true);
        rule = rule == null ? CompositeArchRule.of(one) : rule.and(one);
      }
      notBelow.addAll(layer);
    }
    return rule.as("imports point downwards in " + Arrays.asList(LAYERS));
  }
}

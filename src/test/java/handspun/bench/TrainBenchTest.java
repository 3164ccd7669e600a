package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainBenchTest {
  private static final Machine WITH_AVX512 =
      new Machine("A Processor", 2, "Linux", "17", Machine.Vectors.AVX512);

  @TempDir private Path folder;
  private Path out;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void makeTheFolder() throws Exception {
    out = Files.createDirectory(folder.resolve("out"));
  }

  private TrainBench bench(Project project, Machine machine) {
    return new TrainBench(
        project,
        machine,
        new TrainBench.Options(2, List.of(1, 2), List.of(94.0), "no-such-python", List.of("-x")),
        progress::add);
  }

  private static List<TrainCase> narrow(Program... programs) {
    return List.of(TrainCase.named(List.of("narrow")).get(0).withPrograms(List.of(programs)));
  }

  @Test
  void measuresOnEveryNumberOfCoresAndSaysWhyAProgramIsMissing() throws Exception {
    String text =
        bench(MadeUpProject.in(folder), WITH_AVX512)
            .run(narrow(Program.HANDSPUN, Program.NUMPY), out);
    List<String> lines = text.lines().map(line -> line.replaceAll(" +", " ").strip()).toList();
    // Their memory is known if they were seen while they ran.
    assertThat(lines)
        .anyMatch(
            line -> line.matches("Handspun 1 1.00 1.00 to 1.00 - - 3.00 - - 3.00 (-|[0-9.]+)"))
        .anyMatch(
            line -> line.matches("Handspun 2 0.500 0.500 to 0.500 - - 1.50 - - 1.50 (-|[0-9.]+)"))
        .contains(
            "NumPy 1 not measured: no-such-python cannot be started (No such file or directory):"
                + " install Python 3 with NumPy, or name one with --python.",
            "Same bits in every round: Handspun (1), Handspun (2)");
    assertThat(progress)
        .containsExactly(
            "narrow-1-handspun-exchange-1: 1.00 s an epoch",
            "narrow-1-handspun-exchange-2: 0.500 s an epoch",
            "narrow-1-numpy-1: no-such-python cannot be started (No such file or directory):"
                + " install Python 3 with NumPy, or name one with --python",
            "narrow-2-handspun-exchange-1: 1.00 s an epoch",
            "narrow-2-handspun-exchange-2: 0.500 s an epoch");
    assertThat(Files.readAllLines(out.resolve("train.csv"))).hasSize(4);
    assertThat(Files.readAllLines(out.resolve("epochs.csv")))
        .hasSize(9)
        .startsWith(
            "case,round,run,program,cores,epoch,seconds,evaluation_seconds,validation_accuracy",
            "narrow,1,handspun-exchange-1,handspun,1,1,2.00000,,0.900000");
  }

  @Test
  void pytorchIsToldOfOpenBlassKernelsOnlyWhereTheProcessorHasThem() throws Exception {
    Project project = MadeUpProject.in(folder);
    String with = bench(project, WITH_AVX512).run(narrow(Program.HANDSPUN, Program.PYTORCH), out);
    assertThat(with).contains("PyTorch, SKYLAKEX      1", "PyTorch, SKYLAKEX      2");
    Machine without = new Machine("A Processor", 2, "Linux", "17", Machine.Vectors.NARROWER);
    assertThat(bench(project, without).run(narrow(Program.HANDSPUN, Program.PYTORCH), out))
        .contains("PyTorch ")
        .doesNotContain("SKYLAKEX");
  }

  @Test
  void whereNothingCanBeMeasuredItSaysSoAndWhy() throws Exception {
    Project project = MadeUpProject.in(folder, "echo 'handspun: No memory.' >&2; exit 1");
    assertThatThrownBy(
            () -> bench(project, WITH_AVX512).run(narrow(Program.HANDSPUN, Program.NUMPY), out))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining(
            "Nothing could be measured (Handspun: it ended with exit status 1; its last words:"
                + " handspun: No memory.; NumPy: no-such-python cannot be started")
        .hasMessageContaining(out.resolve("logs").toString());
  }

  @Test
  void theJarsOfMllibThatCannotBeLaidOutAreAReason() throws Exception {
    // Without a pom.xml.
    String text =
        bench(MadeUpProject.in(folder), WITH_AVX512)
            .run(narrow(Program.HANDSPUN, Program.MLLIB), out);
    assertThat(text)
        .contains("Spark MLlib      2  not measured: its jars could not be laid out, as")
        .contains(out.resolve("logs/mllib-maven.out").toString());
    assertThat(progress).contains("Maven lays out Spark MLlib in target/mllib (once; 330 MB) ...");
  }

  @Test
  void mllibIsASourceFileThatRunsWithItsJars() throws Exception {
    Project project = MadeUpProject.in(folder);
    Path jars = Files.createDirectories(folder.resolve("target/mllib/jars"));
    try (OutputStream jar = Files.newOutputStream(jars.resolve("spark-mllib_2.13-4.1.0.jar"))) {
      new JarOutputStream(jar, new Manifest()).close();
    }
    Files.createDirectories(folder.resolve("src/bench"));
    Files.writeString(
        folder.resolve("src/bench/MllibPerceptron.java"),
        """
        class Fit {
          public static void main(String[] options) {
            System.out.println("{\\"epoch\\":100,\\"trainSeconds\\":24,\\"accuracy\\":0.945}");
            System.out.println("{\\"version\\":\\"" + String.join(" ", options) + "\\"}");
          }
        }
        """);
    String text = bench(project, WITH_AVX512).run(narrow(Program.MLLIB), out);
    assertThat(text)
        .containsPattern("Spark MLlib +2 +- +- +- +- +24.0 +- +- +24.0 ")
        .contains(
            "--layers 784,16,16,10 --seed 1 --cores 2 --iterations 100,50,25", "--data " + folder);
  }

  @Test
  void theOracleIsToldTheWholePlan() throws Exception {
    // The JVM refuses -x and prints all that it was not asked for.
    String text =
        bench(MadeUpProject.in(folder), WITH_AVX512)
            .run(narrow(Program.HANDSPUN, Program.ORACLE), out);
    assertThat(text)
        .containsPattern("Oracle +1  not measured: it ended with exit status 1; its last words:");
  }
}

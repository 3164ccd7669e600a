package handspun;

import handspun.math.KernelOptions;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;

/** Runs a class in a Java of its own, where nothing has run before. */
public final class OwnProcess {
  /** The program's and the tests'. */
  public static final String CLASSES =
      Path.of("target", "classes").toAbsolutePath()
          + File.pathSeparator
          + Path.of("target", "test-classes").toAbsolutePath();

  private OwnProcess() {}

  /**
   * @param main whose main method to run; it and what it needs are the program's or the tests'
   * @param options of Java, such as {@code -Dname=value}
   * @return what it printed, without blanks at the ends
   */
  public static String run(Class<?> main, String... options)
      throws IOException, InterruptedException {
    return run(main, Map.of(), CLASSES, options);
  }

  /**
   * The same with vectors, as {@code bin/handspun} starts Java.
   *
   * @param main whose main method to run; it and what it needs are the program's or the tests'
   * @param options more of Java's
   * @return what it printed, without blanks at the ends
   */
  public static String runWithVectors(Class<?> main, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(KernelOptions.ofJava());
    all.add("--add-modules=jdk.incubator.vector");
    all.addAll(List.of(options));
    return run(main, all.toArray(String[]::new));
  }

  /**
   * @param main whose main method to run
   * @param environment variables that it has beside those of this process
   * @param classPath where it finds its classes
   * @param options of Java, such as {@code -Dname=value}
   * @return what it printed, without blanks at the ends
   */
  public static String run(
      Class<?> main, Map<String, String> environment, String classPath, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, main.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder.environment().putAll(environment);
    StartedProcesses.mark(builder.environment());
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException(main.getName() + " ended with " + exit + ": " + printed);
    }
    return printed.strip();
  }

  /**
   * Runs a class that starts Spark with executors that are processes, too.
   *
   * @param main whose main method to run
   * @param settings of Spark, or of Java, such as {@code -Dname=value}
   * @return what it printed, without blanks at the ends
   */
  public static String runWithExecutors(Class<?> main, String... settings)
      throws IOException, InterruptedException {
    String spark = Path.of("target", "spark").toAbsolutePath().toString();
    // What these tests are about is not how fast Java gets.
    List<String> quick = List.of("-XX:TieredStopAtLevel=1", "-Dhandspun.kernels=scalar");
    List<String> options = new ArrayList<>(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    options.addAll(quick);
    options.add("-Dspark.executor.extraJavaOptions=" + String.join(" ", quick));
    options.add("-Dspark.executor.extraClassPath=" + CLASSES);
    options.add("-Dspark.ui.enabled=false");
    options.addAll(List.of(settings));
    return run(
        main,
        Map.of("SPARK_HOME", spark, "SPARK_SCALA_VERSION", "2.13"),
        System.getProperty("java.class.path"),
        options.toArray(String[]::new));
  }
}

package handspun.cli;

import handspun.HandspunException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code handspun shell}: the JDK's jshell with Handspun's classes and Spark. */
@Command(
    name = "shell",
    description = {
      "Open jshell, Java's shell, with Handspun and Spark on its class path.",
      "It begins with conf/shell.jsh."
    },
    footer = {"", "A tour:  bin/handspun shell src/docs/explore.jsh"})
final class ShellCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Scripts that are run first; one that ends with /exit ends the shell.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws Exception {
    if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
      throw new HandspunException(
          "The Java in %s has no jshell, which is a part of every JDK: set JAVA_HOME to a JDK."
              .formatted(System.getProperty("java.home")));
    }
    // In this process, which has everything on its class path that snippets may want.
    List<String> arguments = new ArrayList<>(List.of("--execution", "local"));
    arguments.addAll(List.of("--class-path", classPath()));
    arguments.addAll(List.of("--startup", "DEFAULT"));
    arguments.addAll(List.of("--startup", readable(Home.resolve("conf/shell.jsh"))));
    files.forEach(file -> arguments.add(readable(file)));
    return JavaShellToolBuilder.builder().start(arguments.toArray(String[]::new));
  }

  /** Spark's launcher names folders that need not be there, which jshell refuses. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith("*") || new File(entry).exists())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String readable(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new HandspunException(
          "There is no script %s that can be read: name a file with Java snippets for jshell."
              .formatted(file));
    }
    return file.toString();
  }
}

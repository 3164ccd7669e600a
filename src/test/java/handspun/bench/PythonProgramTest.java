package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts that play Python. */
class PythonProgramTest {
  @TempDir private Path folder;

  private PythonProgram program(String python) {
    return new PythonProgram(
        "numpy",
        "NumPy",
        python,
        Path.of("program.py"),
        Path.of("data"),
        1,
        List.of("--threads", "2"),
        Map.of("COLOR", "blue"));
  }

  private String python(String script) throws Exception {
    Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    return python.toString();
  }

  private Measurement measure(PythonProgram program) {
    return program.measure(Fake.workload(), folder, "label");
  }

  @Test
  void givesTheScriptThePlanAndReadsWhatItPrints() throws Exception {
    String python =
        python(
            """
            echo '{"epoch":1,"trainSeconds":1.5,"accuracy":0.9}'
            echo "{\\"version\\":\\"$COLOR $PYTHONDONTWRITEBYTECODE $*\\"}"
            """);
    Measurement measurement = measure(program(python));
    assertThat(measurement.allSeconds()).isEqualTo(1.5);
    assertThat(measurement.version())
        .isEqualTo(
            "blue 1 program.py --data data --layers 784,16,10 --batch 10 --rate 3.0 --epochs 3"
                + " --seed 7 --threads 2");
  }

  @Test
  void aMissingPythonComesWithAdvice() {
    assertThatThrownBy(() -> measure(program("no-such-python")))
        .hasMessage(
            "no-such-python cannot be started (No such file or directory): install Python 3 with"
                + " NumPy, or name one with --python");
  }

  @Test
  void aMissingModuleComesWithAdvice() throws Exception {
    String python =
        python(
            "echo 'Traceback ...' >&2; echo \"ModuleNotFoundError: No module named 'numpy'\" >&2;"
                + " exit 1");
    assertThatThrownBy(() -> measure(program(python)))
        .hasMessage(
            python + " has no numpy: install it, or name a Python that has it with --python");
  }

  @Test
  void anyOtherFailureIsToldAsItIs() throws Exception {
    String python = python("echo 'MemoryError' >&2; exit 1");
    assertThatThrownBy(() -> measure(program(python)))
        .hasMessage("it ended with exit status 1; its last words: MemoryError");
  }
}

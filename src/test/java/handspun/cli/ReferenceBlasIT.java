package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are measured beside Handspun say which BLAS they compute with, or leave it. */
class ReferenceBlasIT {
  private static final String SCRIPTS = Path.of("src", "bench").toAbsolutePath().toString();

  @TempDir private Path folder;

  @BeforeEach
  void needsPythonAndNoNumpy() throws Exception {
    boolean python = new Shell(folder).run("sh", "-c", "command -v python3").exit() == 0;
    if (!python) {
      System.out.println("Skipped: whether a reference BLAS is refused; python3 is missing.");
    }
    assumeThat(python).isTrue();
    Files.writeString(folder.resolve("numpy.py"), "");
  }

  /** What a program says in whose process these libraries are loaded. */
  private Shell.Result ask(String... libraries) throws Exception {
    String program =
        """
        import sys
        sys.dont_write_bytecode = True
        sys.path[:0] = ["%s", "%s"]
        import measured
        measured._mapped = lambda: %s
        print(measured.require_fast_blas("NumPy"))
        """
            .formatted(folder, SCRIPTS, "['" + String.join("', '", libraries) + "']");
    return new Shell(folder).run("python3", "-c", program);
  }

  @Test
  void theReferenceBlasIsNoPeer() throws Exception {
    Shell.Result result = ask("/usr/lib/blas/libblas.so.3.11.0", "/usr/lib/libm.so.6");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "NumPy computes with the reference BLAS, which takes twenty times as long for wide"
                + " layers and is no peer: install OpenBLAS (Debian: libopenblas0-pthread)\n");
  }

  @Test
  void othersAreNamed() throws Exception {
    assertThat(ask("/opt/mkl/libmkl_rt.so.2").out()).isEqualTo("MKL\n");
    assertThat(ask("/usr/lib/libm.so.6").out()).isEqualTo("unknown BLAS\n");
    // Not a library that could be asked for its version.
    assertThat(ask("/usr/lib/libblas.so.3", "/nowhere/libopenblas.so.0").out())
        .isEqualTo("OpenBLAS\n");
  }
}

package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose name is of no use, as a container's may be, or a laptop's after a VPN. */
class HostNameIT {
  /** Spark takes no underscore in a name, and this machine has not the address. */
  private static final String RENAMED =
      """
      set -e
      echo spark_trainer >/proc/sys/kernel/hostname
      { cat /etc/hosts; echo '10.255.255.1 spark_trainer'; } >hosts
      mount --bind hosts /etc/hosts
      exec "$0" "$@"
      """;

  private static final String[] IN_A_NAMESPACE = {"unshare", "--uts", "--mount", "bash", "-c"};

  @TempDir private Path folder;

  @Test
  void doesNotMatterWhereAllIsOnThisMachine() throws Exception {
    Result allowed = new Shell(folder).run(Trainings.words(IN_A_NAMESPACE, RENAMED, "true"));
    if (allowed.exit() != 0) {
      String skipped = "Skipped: this machine cannot be called otherwise: " + allowed.err().strip();
      System.out.println(skipped);
      assumeTrue(false, skipped);
    }
    Trainings trainings = new Trainings(folder, Trainings.words(IN_A_NAMESPACE, RENAMED));
    Result result =
        trainings
            .start(
                trainings.shell().without("SPARK_LOCAL_IP").without("SPARK_LOCAL_HOSTNAME"),
                "--preset=seed",
                "--epochs=1",
                "--batch=10",
                "--validation=59900",
                "--spark",
                "--conf",
                "spark.ui.port=0")
            .await();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("page      http://127.0.0.1:");
  }
}

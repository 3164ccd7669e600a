package handspun.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A project folder whose bin/handspun is a shell script that knows what it would have measured. */
final class MadeUpProject {
  private MadeUpProject() {}

  /** Two epochs of 1 s divided by the number of cores; the first takes twice as long. */
  static Project in(Path folder) throws IOException {
    return in(
        folder,
        """
        case $* in
          *'local[1]'*) seconds='2.0,1.0' cores=1 ;;
          *) seconds='1.0,0.5' cores=2 ;;
        esac
        while [ "$1" != --run ]; do shift; done
        mkdir "$2"
        printf 'epoch,validation_accuracy\\n1,0.9\\n2,0.95\\n' >"$2/metrics.csv"
        echo "{\\"epochSeconds\\":[$seconds],\\"partitions\\":$cores,\\"parametersSha256\\":\\"ab\\"}"
        """);
  }

  static Project in(Path folder, String script) throws IOException {
    Path launcher = folder.resolve("bin/handspun");
    Files.createDirectories(launcher.getParent());
    Files.writeString(launcher, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Project(folder);
  }
}

package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageFilesTest {
  private static final Path FOLDER = Path.of("src/main/resources/handspun/serve");

  @Test
  void theListHasEveryFileOfThePage() throws Exception {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      assertThat(PageFiles.names())
          .isSorted()
          .containsExactlyInAnyOrderElementsOf(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                  .filter(name -> !name.equals(PageFiles.LIST))
                  .toList());
    }
  }
}

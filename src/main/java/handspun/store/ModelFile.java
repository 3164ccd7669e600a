package handspun.store;

import java.nio.file.Path;

/** Placeholder with the final signatures, until the real one lands. */
public final class ModelFile {
  private ModelFile() {}

  public static Model read(Path file) {
    throw new UnsupportedOperationException();
  }

  public static void write(Path file, Model model) {
    throw new UnsupportedOperationException();
  }
}

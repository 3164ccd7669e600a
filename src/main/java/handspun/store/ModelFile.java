package handspun.store;

import handspun.HandspunException;
import handspun.files.Location;

/**
 * Reads and writes models: files as {@link SealedFile} tells, which start with the letters {@code
 * HANDSPUN}. The payload is told in {@link ModelSerializer}.
 */
public final class ModelFile {
  /** The format that this version writes, and the last that it reads. */
  static final int VERSION = 4;

  private ModelFile() {}

  /**
   * @param file a model file
   * @return the model in it
   * @throws HandspunException if there is no such file, or it is damaged, of a newer version or no
   *     model at all
   */
  public static Model read(Location file) {
    return SealedFile.MODEL.read(
        file, (in, length, version) -> new ModelSerializer(length, version).read(in));
  }

  /**
   * Writes a model: into a temporary file in the same folder, forced to the disk and renamed.
   *
   * @param file where to; replaced if there is one
   * @param model what to write
   * @throws HandspunException if a weight or bias is not finite, or the file could not be written;
   *     an older file of that name is then unchanged
   */
  public static void write(Location file, Model model) {
    if (!model.network().isFinite()) {
      throw new HandspunException(
          "Could not write the model %s: it has a weight or bias that is not a finite number."
              .formatted(file));
    }
    SealedFile.MODEL.write(file, out -> new ModelSerializer(0, VERSION).write(model, out));
  }
}

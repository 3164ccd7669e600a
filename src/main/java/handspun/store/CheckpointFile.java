package handspun.store;

import handspun.HandspunException;
import handspun.files.Location;

/**
 * Reads and writes checkpoints: files as {@link SealedFile} tells, which start with the letters
 * {@code HANDSCHK}. The payload is told in {@link CheckpointSerializer}.
 */
public final class CheckpointFile {
  /** The file's name in a run's folder. */
  public static final String NAME = "checkpoint.handspun";

  /** The format that this version writes, and the last that it reads. */
  static final int VERSION = 2;

  private CheckpointFile() {}

  /**
   * @param file a checkpoint file
   * @return the checkpoint in it
   * @throws HandspunException if there is no such file, or it is damaged, of a newer version or no
   *     checkpoint at all
   */
  public static Checkpoint read(Location file) {
    return SealedFile.CHECKPOINT.read(
        file, (in, length, version) -> new CheckpointSerializer(length, version).read(in));
  }

  /**
   * Writes a checkpoint: into a temporary file in the same folder, forced to the disk and renamed.
   *
   * @param file where to; replaced if there is one
   * @param checkpoint what to write
   * @throws HandspunException if the file could not be written; an older file of that name is then
   *     unchanged
   */
  public static void write(Location file, Checkpoint checkpoint) {
    SealedFile.CHECKPOINT.write(
        file, out -> new CheckpointSerializer(0, VERSION).write(checkpoint, out));
  }
}

package handspun.store;

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

  /** {@return the checkpoint in a file; refuses one that is damaged or of a newer version} */
  public static Checkpoint read(Location file) {
    return SealedFile.CHECKPOINT.read(
        file, (in, length, version) -> new CheckpointSerializer(length, version).read(in));
  }

  /** Writes a checkpoint as {@link AtomicFile} does. */
  public static void write(Location file, Checkpoint checkpoint) {
    SealedFile.CHECKPOINT.write(
        file, out -> new CheckpointSerializer(0, VERSION).write(checkpoint, out));
  }
}

package handspun.files;

import java.io.Serializable;
import java.util.Map;

/**
 * Where a process finds what its user has told Hadoop. This travels with a {@link Location} to
 * other processes, and is asked again there; what it finds does not, since there may be keys in it.
 */
@FunctionalInterface
public interface FileSystemSettings extends Serializable {
  /** {@return what differs from Hadoop's own defaults, by name} */
  Map<String, String> get();
}

package handspun.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is running, for those who ask and for a model's provenance. */
public final class Versions {
  private Versions() {}

  /** {@return Handspun's version, as the build wrote it into the jar} */
  public static String handspun() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }

  /** {@return versions by name: handspun and java; a new map, which may be added to} */
  public static Map<String, String> all() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("handspun", handspun());
    versions.put("java", System.getProperty("java.version"));
    return versions;
  }
}

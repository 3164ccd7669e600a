package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.HandspunException;
import handspun.JsonSchema;
import handspun.math.Kernels;
import handspun.read.DigitReader;
import handspun.read.Reading;
import handspun.store.Model;
import handspun.store.Runs;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A model, ready to answer. What it holds does not change; a request that has begun with it ends
 * with it, whatever is served then.
 *
 * @param file where it comes from, for people
 * @param name short, for people
 * @param parameters of its network, {@link handspun.network.Network#bytes}; not to be changed
 * @param sha256 of these, by which clients name it
 */
record ServedModel(
    String file, String name, Model model, byte[] parameters, String sha256, DigitReader reader) {
  /** The header of an answer that names the model. */
  static final String HEADER = "Handspun-Model";

  /** A SHA-256 of parameters. */
  static final JsonSchema SHA256 = JsonSchema.text().said("SHA-256 of the model's parameters.");

  /** What {@link #writeFields} writes. */
  static final JsonSchema READING = Reading.schema().with("model", SHA256).named("Reading");

  /** The network's, those to be sent, and two in the form that kernels compute with. */
  private static final int COPIES = 4;

  private static final String ENDING = ".handspun";

  /**
   * Makes a model ready.
   *
   * @throws HandspunException if it reads no images of 28 x 28 pixels
   */
  static ServedModel of(String file, Model model, Kernels kernels) {
    return new ServedModel(
        file,
        shortName(file),
        model,
        model.network().bytes(),
        model.network().sha256(),
        DigitReader.of(model, kernels));
  }

  /**
   * {@return a short name for people: the file's, or that of the run's folder if the file has the
   * name that all runs give it}
   */
  static String shortName(String file) {
    Path path = Path.of(file);
    String last = String.valueOf(path.getFileName());
    Path folder = path.getParent();
    if (!last.equals(Runs.MODEL) || folder == null || folder.getFileName() == null) {
      return last.endsWith(ENDING) ? last.substring(0, last.length() - ENDING.length()) : last;
    }
    String run = folder.getFileName().toString();
    Path above = folder.getParent();
    return run.startsWith(Runs.SEED) && above != null && above.getFileName() != null
        ? above.getFileName() + "/" + run
        : run;
  }

  /** {@return whether a client may name a model of a file so} */
  static boolean isNamed(String name, String file, String sha256) {
    return name.equals(sha256)
        || name.equals(shortName(file))
        || name.equals(file)
        || name.equals(String.valueOf(Path.of(file).getFileName()));
  }

  /** {@return whether nothing that is told of it differs from another} */
  boolean isSame(ServedModel other) {
    return file.equals(other.file)
        && sha256.equals(other.sha256)
        && model.plan().equals(other.model.plan())
        && model.provenance().equals(other.model.provenance())
        && model.acceptance().equals(other.model.acceptance());
  }

  /** {@return bytes of memory that it takes, about} */
  long bytes() {
    return (long) COPIES * parameters.length;
  }

  /** Writes the fields of a reading, and {@code model}, into an object that was begun. */
  void writeFields(JsonGenerator json, Reading reading) throws IOException {
    reading.writeFields(json);
    json.writeStringField("model", sha256);
  }

  /** {@return an answer that says that it is this model's} */
  Reply sign(Reply reply) {
    return reply.with(HEADER, sha256);
  }
}

package handspun.serve;

import handspun.data.DataSources;
import handspun.files.Location;
import handspun.store.Model;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What a server has to show.
 *
 * @param file the model's, for people
 * @param model whose network has 784 inputs
 * @param data where images to train and to test are, for models whose own are not here; asked when
 *     somebody wants to see them
 */
public record Content(String file, Model model, Supplier<DataSources> data) {
  /** {@return a model, and MNIST in {@code data/mnist} of the current folder} */
  public static Content of(String file, Model model) {
    return new Content(file, model, () -> DataSources.of(Location.of(Path.of("data", "mnist"))));
  }
}

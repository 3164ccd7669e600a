package handspun.serve;

import handspun.data.DataSources;
import handspun.files.Location;
import handspun.store.Model;
import handspun.store.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a server has to show.
 *
 * @param file the model's that is served first, for people
 * @param model whose network has 784 inputs
 * @param newest which file is to be served now; asked every second; empty if the same as before
 * @param models which files may be asked for beside it, in the order in which they are listed
 * @param data where images to train and to test are, for models whose own are not here; asked when
 *     somebody wants to see them
 * @param console is told, in a line each, what happens to the models
 */
public record Content(
    String file,
    Model model,
    Supplier<Optional<Runs.Written>> newest,
    Supplier<List<Runs.Written>> models,
    Supplier<DataSources> data,
    Consumer<String> console) {
  /** {@return one model, and MNIST in {@code data/mnist} of the current folder} */
  public static Content of(String file, Model model) {
    return new Content(
        file,
        model,
        Optional::empty,
        List::of,
        () -> DataSources.of(Location.of(Path.of("data", "mnist"))),
        line -> {});
  }

  /** {@return the same with other images} */
  Content with(Supplier<DataSources> other) {
    return new Content(file, model, newest, models, other, console);
  }
}

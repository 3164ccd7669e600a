package handspun.serve;

import handspun.data.DataSources;
import handspun.files.Location;
import handspun.store.Model;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a server has to show.
 *
 * @param models which there are
 * @param data where images to train and to test are, for models whose own are not here; asked when
 *     somebody wants to see them
 * @param collect folder for drawings that people say what they are; empty if none are collected
 * @param training that runs in this process
 * @param accessLog is told of all requests
 * @param console is told, in a line each, what happens to the models
 */
public record Content(
    ModelFiles models,
    Supplier<DataSources> data,
    Optional<Path> collect,
    Optional<LiveTraining> training,
    Optional<AccessLog> accessLog,
    Consumer<String> console) {
  /** {@return one model, and MNIST in {@code data/mnist} of the current folder} */
  public static Content of(String file, Model model) {
    return of(ModelFiles.of(file, model));
  }

  /** {@return some models, and MNIST in {@code data/mnist} of the current folder} */
  public static Content of(ModelFiles models) {
    return new Content(
        models,
        () -> DataSources.of(Location.of(Path.of("data", "mnist"))),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        line -> {});
  }

  /** {@return the same with other images} */
  public Content with(Supplier<DataSources> otherData) {
    return new Content(models, otherData, collect, training, accessLog, console);
  }

  /** {@return the same, and drawings are collected in a folder if there is one} */
  public Content collecting(Optional<Path> folder) {
    return new Content(models, data, folder, training, accessLog, console);
  }

  /** {@return the same, and a training is watched whose networks are served} */
  public Content watching(LiveTraining live) {
    return new Content(models, data, collect, Optional.of(live), accessLog, console);
  }

  /** {@return the same, and all requests are written down if there is a log} */
  public Content logging(Optional<AccessLog> log) {
    return new Content(models, data, collect, training, log, console);
  }

  /** {@return the same, and somebody is told what happens to the models} */
  public Content telling(Consumer<String> reader) {
    return new Content(models, data, collect, training, accessLog, reader);
  }
}

package handspun.serve;

import handspun.store.Model;
import handspun.store.Runs;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which models there are.
 *
 * @param file of the model that is served first, for people
 * @param model whose network has 784 inputs
 * @param newest which file is to be served now; asked every second; empty if the same as before
 * @param others which files may be asked for beside it, in the order in which they are listed
 */
public record ModelFiles(
    String file,
    Model model,
    Supplier<Optional<Runs.Written>> newest,
    Supplier<List<Runs.Written>> others) {
  /** {@return one model and no others} */
  static ModelFiles of(String file, Model model) {
    return new ModelFiles(file, model, Optional::empty, List::of);
  }
}

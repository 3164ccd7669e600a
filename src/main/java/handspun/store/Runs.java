package handspun.store;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders that runs write into, one a run, named by the time of its start. */
public final class Runs {
  /** The model's name in the folder of a run. */
  public static final String MODEL = "model.handspun";

  /** What the folder of a training begins with, within that of several seeds; the seed follows. */
  public static final String SEED = "seed-";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss");

  /**
   * A model's file as it was found. One that is replaced is another.
   *
   * @param time of writing
   * @param size in bytes
   */
  public record Written(Path model, FileTime time, long size) {}

  private Runs() {}

  /**
   * @param runsFolder the folder of all runs; need not exist
   * @return the models of all runs, that which was written last first
   * @throws HandspunException if the folder cannot be listed
   */
  public static List<Written> models(Path runsFolder) {
    if (!Files.isDirectory(runsFolder)) {
      return List.of();
    }
    try (Stream<Path> runs = Files.list(runsFolder)) {
      return runs.flatMap(run -> Stream.concat(Stream.of(run), seeds(run)))
          .map(run -> run.resolve(MODEL))
          .flatMap(model -> written(model).stream())
          .sorted(
              Comparator.comparing(Written::time)
                  .thenComparing(w -> w.model().getParent())
                  .reversed())
          .toList();
    } catch (IOException e) {
      throw HandspunException.couldNot("list the runs in " + runsFolder, e);
    } catch (UncheckedIOException e) {
      throw HandspunException.couldNot("list the runs in " + runsFolder, e.getCause());
    }
  }

  private static Stream<Path> seeds(Path run) {
    try (Stream<Path> within = Files.isDirectory(run) ? Files.list(run) : Stream.empty()) {
      return within
          .filter(folder -> folder.getFileName().toString().startsWith(SEED))
          .toList()
          .stream();
    } catch (IOException e) {
      // Not to be read, or removed in this moment.
      return Stream.empty();
    }
  }

  /** {@return a model's file as it is now; empty if there is no file of that name} */
  public static Optional<Written> written(Path model) {
    try {
      BasicFileAttributes file = Files.readAttributes(model, BasicFileAttributes.class);
      return file.isRegularFile()
          ? Optional.of(new Written(model, file.lastModifiedTime(), file.size()))
          : Optional.empty();
    } catch (IOException e) {
      // Not there, or removed in this moment.
      return Optional.empty();
    }
  }

  /**
   * Makes the folder of a new run, such as {@code runs/2026-11-22T17-03-29}; if that second has a
   * run already, {@code -2}, {@code -3}, ... is added.
   *
   * @param runsFolder the folder of all runs; made if it does not exist
   * @param clock tells the time, and in which zone
   * @return the new, empty folder
   * @throws HandspunException if it cannot be made
   */
  public static Path newRun(Path runsFolder, Clock clock) {
    String name = NAME.format(LocalDateTime.now(clock));
    try {
      Files.createDirectories(runsFolder);
      for (int number = 1; ; number++) {
        Path run = runsFolder.resolve(number == 1 ? name : name + "-" + number);
        try {
          return Files.createDirectory(run);
        } catch (FileAlreadyExistsException e) {
          // Another run started in the same second.
        }
      }
    } catch (IOException e) {
      throw new HandspunException(
          "Could not make a folder for this run in %s: %s; choose another place."
              .formatted(runsFolder, HandspunException.reason(e)),
          e);
    }
  }

  /**
   * Makes the folder of a new run where the user wants it, after {@code --run}.
   *
   * @param run a folder that does not exist or is empty
   * @return the folder
   * @throws UsageException if it is not empty
   * @throws HandspunException if it cannot be made
   */
  public static Location newRunAt(Location run) {
    return newRunAt(run, "--run");
  }

  /**
   * Makes the folder of a new run where the user wants it.
   *
   * @param run a folder that does not exist or is empty
   * @param option with which the user named it
   * @return the folder
   * @throws UsageException if it is not empty
   * @throws HandspunException if it cannot be made
   */
  public static Location newRunAt(Location run, String option) {
    try {
      if (run.isFolder() && run.list().stream().anyMatch(Runs::isContent)) {
        throw new UsageException(
            "The run's folder %s is not empty: name a new one after %s, so that no earlier run is overwritten."
                .formatted(run, option));
      }
      run.makeFolder();
      return run;
    } catch (IOException e) {
      throw new HandspunException(
          "Could not make the run's folder %s: %s; name another one after %s."
              .formatted(run, HandspunException.reason(e), option),
          e);
    }
  }

  /**
   * Takes the folder of a run away that has not written anything.
   *
   * @param run the folder; left alone if it is not empty
   */
  public static void discardIfEmpty(Location run) {
    try {
      if (run.list().stream().noneMatch(Runs::isContent)) {
        run.resolve(RunLock.NAME).delete();
        run.delete();
      }
    } catch (IOException e) {
      // It holds something by now, which stays.
    }
  }

  private static boolean isContent(String file) {
    return !file.equals(RunLock.NAME);
  }
}

package handspun.tune;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import handspun.store.Checkpoint;
import handspun.store.CheckpointFile;
import handspun.store.RunLock;
import handspun.store.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where one search writes, and no other meanwhile. */
public final class SearchFolder implements AutoCloseable {
  private static final String STATES = "states";
  private static final String ENDING = ".handspun";

  private final RunLock lock;
  private Optional<SearchRecord> newest;

  private SearchFolder(RunLock lock, Optional<SearchRecord> newest) {
    this.lock = lock;
    this.newest = newest;
  }

  /**
   * Makes the folder of a new search.
   *
   * @param folder does not exist or is empty
   * @throws UsageException if it is not empty
   * @throws HandspunException if it cannot be made
   */
  public static SearchFolder create(Location folder) {
    return new SearchFolder(RunLock.take(Runs.newRunAt(folder)), Optional.empty());
  }

  /**
   * Makes the folder of a new search, named by the time.
   *
   * @param runs the folder of all; made if it does not exist
   * @throws HandspunException if it cannot be made
   */
  public static SearchFolder createIn(Path runs) {
    Location folder = Location.of(Runs.newRun(runs, Clock.system(ZoneId.systemDefault())));
    return new SearchFolder(RunLock.take(folder), Optional.empty());
  }

  /**
   * Opens the folder of a search that is to go on.
   *
   * @throws HandspunException if it is no such folder, or another process searches there
   */
  public static SearchFolder reopen(Location folder) {
    // Whoever is no search is told so before a file is made there.
    SearchRecord.read(folder);
    RunLock lock = RunLock.take(folder);
    try {
      return new SearchFolder(lock, Optional.of(SearchRecord.read(folder)));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** {@return where it is} */
  public Location location() {
    return lock.folder();
  }

  /** {@return what the search that goes on was asked for; empty for a new one} */
  public Optional<SearchPlan> plan() {
    return record().map(SearchRecord::plan);
  }

  /** {@return how many validation examples the search that goes on has; empty for a new one} */
  public Optional<Integer> validation() {
    return record().map(SearchRecord::validation);
  }

  /** {@return where its data were, absolute; empty for a new one} */
  public Optional<String> data() {
    return record().map(SearchRecord::data);
  }

  /** What is saved; empty before anything is. */
  synchronized Optional<SearchRecord> record() {
    return newest;
  }

  synchronized void save(SearchRecord newer) {
    newer.write(location());
    newest = Optional.of(newer);
  }

  /** The state of a trial to go on from. */
  byte[] state(Trial trial) {
    return CheckpointFile.read(states().resolve(name(trial))).toBytes();
  }

  void saveState(Trial trial, byte[] checkpoint) {
    try {
      states().makeFolder();
    } catch (IOException e) {
      throw HandspunException.couldNot("make the folder " + states(), e);
    }
    CheckpointFile.write(states().resolve(name(trial)), Checkpoint.ofBytes(checkpoint));
  }

  /** Removes the states of all other trials, which do not go on, and what was half written. */
  void keepStates(List<Trial> trials) {
    Set<String> kept = trials.stream().map(SearchFolder::name).collect(Collectors.toSet());
    try {
      if (!states().isFolder()) {
        return;
      }
      for (String file : states().list()) {
        if (!kept.contains(file)) {
          states().resolve(file).delete();
        }
      }
      if (kept.isEmpty()) {
        states().delete();
      }
    } catch (IOException e) {
      // They are in nobody's way.
    }
  }

  private Location states() {
    return location().resolve(STATES);
  }

  private static String name(Trial trial) {
    return trial.number() + ENDING;
  }

  /** Lets others write there; takes the folder away if nothing was written. */
  @Override
  public void close() {
    lock.close();
  }
}

package handspun.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
  @TempDir private Path folder;

  /** Hadoop keeps what it has opened, by host: every test needs another one. */
  private String host() {
    return folder.getFileName().toString();
  }

  /** {@code viewfs:} is Hadoop's own, and leads to this machine here. */
  private Map<String, String> settings() {
    return Map.of("fs.viewfs.mounttable." + host() + ".link./data", folder.toUri().toString());
  }

  private Location there(String name) {
    return Location.of("viewfs://" + host() + "/data/" + name, this::settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "file://", "file://localhost", "", "viewfs"})
  void readsAndWritesHereAndThroughHadoop(String prefix) throws Exception {
    Location top = prefix.equals("viewfs") ? there("") : Location.of(prefix + folder, Map::of);
    Location inner = top.resolve("inner");
    assertThat(inner.isFolder()).isFalse();
    inner.makeFolder();
    Location temporary = inner.resolve("temporary");
    try (OutputStream out = temporary.create(true)) {
      out.write(new byte[] {1, 2, 3, 4});
    }
    assertThatThrownBy(() -> temporary.create(true)).isInstanceOf(IOException.class);
    Location file = inner.resolve("file");
    temporary.rename(file, true);

    assertThat(inner.isFolder()).isTrue();
    assertThat(inner.list()).containsExactly("file");
    assertThat(file.isFile()).isTrue();
    assertThat(file.isFolder()).isFalse();
    assertThat(file.size()).isEqualTo(4);
    assertThat(file.fileName()).isEqualTo("file");
    assertThat(file.parent().list()).containsExactly("file");
    try (InputStream in = copy(file).open()) {
      in.skipNBytes(2);
      assertThat(in.readAllBytes()).containsExactly(3, 4);
    }
    assertThat(Files.readAllBytes(folder.resolve("inner/file"))).hasSize(4);
    file.delete();
    assertThat(file.isFile()).isFalse();
  }

  /** As in another process. */
  private static Location copy(Location location) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(location.absolute());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Location) in.readObject();
    }
  }

  @Test
  void replacesAFileByRenaming() throws Exception {
    for (Location top : new Location[] {Location.of(folder), there("")}) {
      for (String name : new String[] {"old", "new"}) {
        try (OutputStream out = top.resolve(name).create(false)) {
          out.write(name.length() == 3 ? name.charAt(0) : 0);
        }
      }
      top.resolve("new").rename(top.resolve("old"), false);
      assertThat(top.list()).containsExactly("old");
      assertThat(Files.readString(folder.resolve("old"))).isEqualTo("n");
      top.resolve("old").delete();
    }
  }

  @Test
  void keepsTheNameThatAPersonTyped() {
    assertThat(Location.of("data/mnist", Map::of)).hasToString("data/mnist");
    assertThat(Location.of("file:///data/mnist", Map::of)).hasToString("file:///data/mnist");
    assertThat(there("mnist")).hasToString("viewfs://" + host() + "/data/mnist");
    assertThat(Location.isUri("C:/data")).isFalse();
    assertThat(Location.isUri("here:there")).isFalse();
  }

  @Test
  void asksForHadoopsSettingsOnlyIfItIsNeeded() {
    Location.of(
        "file:///data",
        () -> {
          throw new AssertionError();
        });
  }

  @Test
  void refusesAHostOfAFile() {
    assertThatThrownBy(() -> Location.of("file://somewhere/data", Map::of))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("file://somewhere/data", "three slashes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense://x/data", "s3a://bucket/data"})
  void saysThatNobodyKnowsAScheme(String uri) {
    assertThatThrownBy(() -> Location.of(uri, Map::of))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll(
            uri, "no file system is known for " + uri.replaceAll(":.*", ""), "--packages");
  }

  @Test
  void saysThatThereIsNoSuchHost() {
    assertThatThrownBy(() -> Location.of("hdfs://no-such-host.invalid:1/data", Map::of))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("hdfs://no-such-host.invalid:1/data", "UnknownHost");
  }
}

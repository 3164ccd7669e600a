package handspun.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.HandspunException;
import handspun.UsageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
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
  private Location there(String name) {
    String key = "fs.viewfs.mounttable." + host() + ".link./data";
    String here = folder.toUri().toString();
    return Location.of("viewfs://" + host() + "/data/" + name, () -> Map.of(key, here));
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
  void whatWasOpenedStaysTheSameFile() throws Exception {
    for (Location top : new Location[] {Location.of(folder), there("")}) {
      for (String name : new String[] {"old", "new"}) {
        try (OutputStream out = top.resolve(name).create(false)) {
          out.write(name.getBytes(StandardCharsets.US_ASCII));
        }
      }
      try (OpenFile file = top.resolve("old").open()) {
        assertThat(file.readNBytes(2)).asString(StandardCharsets.US_ASCII).isEqualTo("ol");
        top.resolve("new").rename(top.resolve("old"), false);
        file.seek(0);
        assertThat(file.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("old");
      }
      try (OpenFile file = top.resolve("old").open()) {
        assertThat(file.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("new");
      }
      top.resolve("old").delete();
    }
  }

  /** One of those that Hadoop knows no way to replace files in; on a disk that can be full. */
  public static final class MadeUpFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("madeup:///");
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      boolean isLarge = path.getName().equals("large");
      return super.create(
          isLarge ? new org.apache.hadoop.fs.Path("/dev/full") : path,
          overwrite || isLarge,
          bufferSize,
          replication,
          blockSize,
          progress);
    }
  }

  @Test
  void replacesAndFailsAsOthersDoOnAnyFileSystem() throws Exception {
    Location top =
        Location.of(
            "madeup://" + folder, () -> Map.of("fs.madeup.impl", MadeUpFileSystem.class.getName()));
    for (byte content : new byte[] {1, 2}) {
      try (OutputStream out = top.resolve("new").create(true)) {
        out.write(content);
      }
      top.resolve("new").rename(top.resolve("file"), true);
    }
    assertThat(top.list()).containsExactly("file");
    assertThat(Files.readAllBytes(folder.resolve("file"))).containsExactly(2);
    assumeTrue(Files.exists(Path.of("/dev/full")), "This system has no disk that is always full.");
    try (OutputStream out = top.resolve("large").create(false)) {
      assertThatThrownBy(() -> out.write(new byte[1 << 20]))
          .isInstanceOf(IOException.class)
          .hasMessage("No space left on device");
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
        .hasMessageContainingAll(
            "hdfs://no-such-host.invalid:1/data", "no such host: no-such-host.invalid");
  }
}

package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileKindTest {
  private static Arguments text(FileKind kind, String text, String sentence) {
    return Arguments.of(kind, text.getBytes(StandardCharsets.UTF_8), sentence);
  }

  private static Arguments bytes(FileKind kind, String hex, String sentence) {
    return Arguments.of(kind, HexFormat.ofDelimiter(" ").parseHex(hex), sentence);
  }

  static Stream<Arguments> kinds() {
    byte[] tar = new byte[512];
    tar[0] = 'm';
    System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);
    return Stream.of(
        Arguments.of(FileKind.EMPTY, new byte[0], "is empty: it has 0 bytes"),
        text(FileKind.BLANK, "  \r\n\t ", "nothing but blanks"),
        bytes(FileKind.ZEROS, "00 00 00 00 00", "nothing but zero bytes"),
        text(FileKind.WEB_PAGE, "<!DOCTYPE html><html>", "a web page: a failed download"),
        text(FileKind.WEB_PAGE, "\ufeff\n\n  <HTML><head>", "download it again"),
        text(FileKind.WEB_PAGE, "<?xml version=\"1.0\"?><html xmlns=", "a web page"),
        text(FileKind.WEB_PAGE, "<!-- cached --><p>", "a web page"),
        text(
            FileKind.GIT_LFS_POINTER,
            "version https://git-lfs.github.com/spec/v1\noid sha256:12",
            "a Git LFS pointer, which only names the file; expected is x: fetch the file itself"
                + " with"
                + " git lfs install and git lfs pull"),
        text(
            FileKind.XML_ERROR,
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>",
            "a server's error message in XML: a failed download"),
        text(FileKind.XML_ERROR, "<Error><Code>NoSuchKey</Code>", "error message in XML"),
        text(FileKind.XML, "<?xml version=\"1.0\"?><svg>", "an XML document"),
        text(
            FileKind.JSON_ERROR,
            "{\"message\": \"Not Found\"}",
            "a server's error message in JSON"),
        text(FileKind.JSON_ERROR, "{\"error\":{\"code\":403}}", "a failed download"),
        text(FileKind.JSON, "[[1, 2], 3]", "a JSON text"),
        text(FileKind.JSON, "{\"sizes\": [784]}", "a JSON text"),
        text(FileKind.HTTP_ANSWER, "HTTP/1.1 403 Forbidden\r\n", "a web server's answer"),
        bytes(FileKind.GZIP, "1f 8b 08 00", "packed with gzip"),
        bytes(
            FileKind.NPZ,
            "50 4b 03 04 14 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 05 00 00"
                + " 00 61 2e 6e 70 79",
            "an archive of numpy's arrays"),
        bytes(FileKind.ZIP, "50 4b 03 04 14 00", "unpack it with unzip, and name the folder"),
        bytes(FileKind.ZIP, "50 4b 05 06 00 00", "a zip archive"),
        bytes(FileKind.BZIP2, "42 5a 68 39", "unpack it with bunzip2"),
        bytes(FileKind.XZ, "fd 37 7a 58 5a 00", "unpack it with unxz"),
        bytes(FileKind.ZSTD, "28 b5 2f fd", "unpack it with unzstd"),
        bytes(FileKind.LZ4, "04 22 4d 18", "unpack it with unlz4"),
        bytes(FileKind.COMPRESS, "1f 9d 90", "uncompress"),
        bytes(FileKind.SEVEN_ZIP, "37 7a bc af 27 1c", "7z x"),
        bytes(FileKind.RAR, "52 61 72 21 1a 07 00", "unrar x"),
        Arguments.of(FileKind.TAR, tar, "unpack it with tar xf, and name the folder"),
        bytes(FileKind.IDX, "00 00 08 03 00 00", "an IDX file"),
        bytes(FileKind.IDX, "00 00 0d 01 00 00", "name the folder"),
        bytes(FileKind.NPY, "93 4e 55 4d 50 59 01 00", "a numpy array (.npy)"),
        bytes(FileKind.PICKLE, "80 04 95", "a Python pickle"),
        text(FileKind.PICKLE, "(lp0\nI1\na.", "a Python pickle"),
        text(FileKind.PICKLE, "ccopy_reg\n_reconstructor\n", "a Python pickle"),
        bytes(FileKind.PICKLE, "7d 71 00 2e", "a Python pickle"),
        bytes(FileKind.HDF5, "89 48 44 46 0d 0a 1a 0a", "an HDF5 file"),
        text(FileKind.MATLAB, "MATLAB 5.0 MAT-file, Platform", "a MATLAB file"),
        text(FileKind.PARQUET, "PAR1", "a Parquet file"),
        text(FileKind.ARFF, "% MNIST\n@RELATION mnist_784\n", "an ARFF file"),
        text(FileKind.SQLITE, "SQLite format 3\0", "an SQLite database"),
        bytes(FileKind.PICTURE, "89 50 4e 47 0d 0a", "a picture"),
        bytes(FileKind.PICTURE, "ff d8 ff e0", "a picture"),
        text(FileKind.PDF, "%PDF-1.7", "a PDF document"),
        text(FileKind.HANDSPUN, "HANDSPUN\0\0", "a file of Handspun's own"),
        bytes(FileKind.UTF_16, "ff fe 31 00", "save it as UTF-8"),
        text(FileKind.CSV, "label,pixel0,pixel1\n5,0,0", "a table of values (CSV)"),
        text(FileKind.CSV, "5;0;0;255\n", "a table of values"),
        text(FileKind.TEXT, "404: Not Found", "a text (\"404: Not Found\")"),
        bytes(FileKind.UNKNOWN, "01 02 03 04", "it starts with the bytes 01 02 03 04"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isToldFromItsFirstBytes(FileKind kind, byte[] start, String sentence) {
    assertThat(FileKind.of(start)).isEqualTo(kind);
    assertThat(FileKind.refusal(Location.of(Path.of("the-file")), start, "x"))
        .hasMessageStartingWith("the-file is " + kind.what())
        .hasMessageContainingAll(sentence, "; expected is x: ");
  }

  @Test
  void everyKindIsInTheTable() {
    Set<FileKind> tried = kinds().map(row -> (FileKind) row.get()[0]).collect(Collectors.toSet());
    assertThat(tried).isEqualTo(EnumSet.allOf(FileKind.class));
  }
}

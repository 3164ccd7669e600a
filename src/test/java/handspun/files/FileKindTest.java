package handspun.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FileKindTest {
  /** A kind and the beginning of a file, whose characters are bytes, with escapes as in Java. */
  private static final String TABLE =
      """
      EMPTY           |
      ZEROS           |\\0\\0\\0\\0\\0
      PNG             |\\211PNG\\r\\n\\32\\n\\0\\0\\0\\rIHDR
      JPEG            |\\377\\330\\377\\340\\0\\20JFIF
      GIF             |GIF89a\\1\\0\\1\\0
      WEBP            |RIFF\\1\\2\\3\\4WEBPVP8
      UNKNOWN         |RIFF\\1\\2\\3\\4WAVEfmt
      HEIC            |\\0\\0\\0\\24ftypheic\\0\\0\\0
      HEIC            |\\0\\0\\0\\24ftypmif1\\0\\0\\0
      AVIF            |\\0\\0\\0\\24ftypavif\\0\\0\\0
      FILM            |\\0\\0\\0\\24ftypisom\\0\\0\\0
      FILM            |RIFF\\1\\2\\3\\4AVI LIST
      FILM            |\\32E\\337\\243\\1
      CAMERA_RAW      |\\0\\0\\0\\30ftypcrx \\0\\0\\0
      CAMERA_RAW      |FUJIFILMCCD-RAW 0201
      CAMERA_RAW      |IIU\\0\\30\\0\\0
      CAMERA_RAW      |IIRO\\10\\0\\0
      TIFF            |II*\\0\\10\\0\\0
      TIFF            |MM\\0*\\0\\0\\0\\10
      BMP             |BM\\66\\1\\0\\0\\0\\0\\0\\0
      TEXT            |BMW
      ICON            |\\0\\0\\1\\0\\1\\0
      JPEG_XL         |\\0\\0\\0\\14JXL \\r\\n
      JPEG_XL         |\\377\\n\\372
      JPEG_2000       |\\0\\0\\0\\14jP  \\r\\n
      JPEG_2000       |\\377O\\377Q\\0
      PHOTOSHOP       |8BPS\\0\\1
      PICTURE_AS_TEXT |\\211PNG\\n\\32\\n
      PICTURE_AS_TEXT |\\302\\211PNG\\r\\n\\32\\n
      PICTURE_AS_TEXT |\\357\\277\\275PNG\\r\\n\\32\\n
      PICTURE_AS_TEXT |\\357\\277\\275\\357\\277\\275\\357\\277\\275\\357\\277\\275\\0\\20JFIF
      PDF             |%PDF-1.7
      OFFICE          |PK\\3\\4\\24\\0\\6\\0\\10\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\23\\0\\0\\0[Content_Types].xml
      OFFICE          |\\320\\317\\21\\340\\241\\261\\32\\341
      GZIP            |\\37\\213\\10\\0
      NPZ             |PK\\3\\4\\24\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\5\\0\\0\\0a.npy
      ZIP             |PK\\3\\4\\24\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\5\\0\\0\\0a.csv
      ZIP             |PK\\3\\4\\24\\0
      ZIP             |PK\\5\\6\\0\\0
      BZIP2           |BZh9
      XZ              |\\3757zXZ\\0
      ZSTD            |(\\265/\\375
      LZ4             |\\4\\42M\\30
      COMPRESS        |\\37\\235\\220
      SEVEN_ZIP       |7z\\274\\257'\\34
      RAR             |Rar!\\32\\7\\0
      IDX             |\\0\\0\\10\\3\\0\\0
      IDX             |\\0\\0\\15\\1\\0\\0
      UNKNOWN         |\\0\\0\\12\\1\\0\\0
      NPY             |\\223NUMPY\\1\\0
      PICKLE          |\\200\\4\\225
      PICKLE          |(lp0\\nI1\\na.
      PICKLE          |ccopy_reg\\n_reconstructor\\n
      PICKLE          |}q\\0.
      HDF5            |\\211HDF\\r\\n\\32\\n
      MATLAB          |MATLAB 5.0 MAT-file, Platform
      PARQUET         |PAR1
      SQLITE          |SQLite format 3\\0
      HANDSPUN        |HANDSPUN\\0\\0
      UTF_16          |\\377\\3761\\0
      BLANK           |  \\r\\n\\t\\s
      WEB_PAGE        |<!DOCTYPE html><html>
      WEB_PAGE        |\\357\\273\\277\\n\\n  <HTML><head>
      WEB_PAGE        |<?xml version="1.0"?><html xmlns=
      WEB_PAGE        |<!-- cached --><p>
      WEB_PAGE        |<!-- new --><html><svg>
      WEB_PAGE        |<body><svg>
      HTTP_ANSWER     |HTTP/1.1 403 Forbidden\\r\\n
      XML_ERROR       |<?xml version="1.0"?><Error><Code>AccessDenied</Code>
      XML_ERROR       |<Error><Code>NoSuchKey</Code>
      XML             |<?xml version="1.0"?><book>
      SVG             |<?xml version='1.0'?><svg/>
      SVG             |<svg width='1'/>
      SVG             |<!-- drawn by hand --><svg>
      SVG             |<!DOCTYPE svg PUBLIC
      JSON_ERROR      |{"message": "Not Found"}
      JSON_ERROR      |{"error":{"code":403}}
      JSON            |[[1, 2], 3]
      JSON            |{"sizes": [784]}
      GIT_LFS_POINTER |version https://git-lfs.github.com/spec/v1\\noid sha256:12
      DATA_URL        |data:image/png;base64,iVBORw0K
      ARFF            |% MNIST\\n@RELATION mnist_784\\n
      CSV             |label,pixel0,pixel1\\n5,0,0
      CSV             |5;0;0;255\\n
      TEXT            |data: 1
      TEXT            |404: Not Found
      UNKNOWN         |\\377\\330
      UNKNOWN         |\\1\\2\\3\\4
      """;

  private static final List<String> ROWS =
      Stream.concat(TABLE.lines(), Stream.of("TAR|m" + "\\0".repeat(256) + "ustar")).toList();

  private static FileKind kind(String row) {
    return FileKind.valueOf(row.substring(0, row.indexOf('|')).strip());
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void isToldFromItsFirstBytes(String row) {
    String start = row.substring(row.indexOf('|') + 1).translateEscapes();
    assertThat(FileKind.of(start.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(kind(row));
  }

  @Test
  void everyKindIsInTheTable() {
    assertThat(ROWS.stream().map(FileKindTest::kind)).contains(FileKind.values());
  }

  @Test
  void looksNoFurtherThanAtTheFirstBytes() {
    String remark = "<?xml?>" + " ".repeat(FileKind.BYTES);
    byte[] file = (remark + "<svg>").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(FileKind.of(file)).isEqualTo(FileKind.XML);
  }
}

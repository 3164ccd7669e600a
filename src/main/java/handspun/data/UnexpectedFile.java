package handspun.data;

import handspun.HandspunException;
import handspun.files.FileKind;
import handspun.files.Location;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What to tell a person whose file is of another kind than data of that name should be. */
final class UnexpectedFile {
  private static final int QUOTED = 60;
  private static final String SAVE_AS_NPZ =
      "save its arrays with numpy as .npz, named x_train and y_train";

  private UnexpectedFile() {}

  /**
   * {@return what a file with these first bytes is, where {@code expected}, with its article,
   * should be}
   */
  static HandspunException refusal(Location path, byte[] start, String expected) {
    FileKind kind = FileKind.of(start);
    return new HandspunException(
        "%s is %s%s, but %s is expected: %s."
            .formatted(path, kind.what(), detail(kind, start), expected, advice(kind)));
  }

  private static String detail(FileKind kind, byte[] start) {
    return switch (kind) {
      case GZIP -> ", and more than twice";
      case TEXT -> " (\"%s\")".formatted(beginning(start));
      case UNKNOWN ->
          " (it starts with the bytes %s)"
              .formatted(PackedFile.hex(Arrays.copyOf(start, Math.min(start.length, 8))));
      default -> "";
    };
  }

  private static String beginning(byte[] start) {
    String line =
        new String(start, StandardCharsets.UTF_8).strip().replaceAll("[\\p{Cntrl}]+", " ");
    return line.length() > QUOTED ? line.substring(0, QUOTED) + " ..." : line;
  }

  private static String advice(FileKind kind) {
    return switch (kind) {
      case EMPTY, BLANK, ZEROS, WEB_PAGE, XML_ERROR, XML, JSON_ERROR, HTTP_ANSWER, UNKNOWN ->
          "copy or download it again";
      case TEXT -> "look into it; copy or download it again if that failed";
      case GIT_LFS_POINTER -> "fetch that with git lfs install and git lfs pull";
      case GZIP -> "unpack it with gunzip";
      case BZIP2 -> "unpack it with bunzip2";
      case XZ -> "unpack it with unxz";
      case ZSTD -> "unpack it with unzstd";
      case LZ4 -> "unpack it with unlz4";
      case COMPRESS -> "unpack it with uncompress";
      case ZIP -> "unpack it with unzip, and name the folder";
      case SEVEN_ZIP -> "unpack it with 7z x, and name the folder";
      case RAR -> "unpack it with unrar x, and name the folder";
      case TAR -> "unpack it with tar xf, and name the folder";
      case IDX -> "name the folder with the files of images and labels";
      case NPY -> "save images and labels together as .npz, named x_train and y_train";
      case HDF5 -> SAVE_AS_NPZ;
      case MATLAB -> "take the set's IDX files, or " + SAVE_AS_NPZ;
      case PARQUET, ARFF, OFFICE -> "save it as CSV, label first";
      case UTF_16 -> "save it as UTF-8";
      default -> "name another file";
    };
  }
}

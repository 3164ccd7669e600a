package handspun.data;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads whose file is none of data; {@code FileKindTest} tries the recognition. */
class UnexpectedFileTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''              | empty (0 bytes), but x is expected: copy or download it again.
          <html>          | a web page (a failed download), but x is expected: copy or download it again.
          404: Not Found  | a text file ("404: Not Found"), but x is expected: look into it; copy or download it again if that failed.
          \\1\\2\\3\\4    | of no kind that Handspun knows (it starts with the bytes 01 02 03 04), but x is expected: copy or download it again.
          version https://git-lfs.github.com | a Git LFS pointer (git lfs pull fetches the file that it names), but x is expected: fetch that with git lfs install and git lfs pull.
          \\37\\213\\10    | packed with gzip, and more than twice, but x is expected: unpack it with gunzip.
          BZh9            | packed with bzip2, but x is expected: unpack it with bunzip2.
          \\3757zXZ\\0     | packed with xz, but x is expected: unpack it with unxz.
          (\\265/\\375     | packed with Zstandard, but x is expected: unpack it with unzstd.
          \\4\\42M\\30     | packed with lz4, but x is expected: unpack it with unlz4.
          \\37\\235\\220   | packed with compress (.Z), but x is expected: unpack it with uncompress.
          PK\\3\\4         | a zip archive, but x is expected: unpack it with unzip, and name the folder.
          7z\\274\\257'\\34 | a 7z archive, but x is expected: unpack it with 7z x, and name the folder.
          Rar!\\32\\7      | a RAR archive, but x is expected: unpack it with unrar x, and name the folder.
          \\0\\0\\10\\3    | an IDX file, but x is expected: name the folder with the files of images and labels.
          \\223NUMPY       | a numpy array (.npy), but x is expected: save images and labels together as .npz, named x_train and y_train.
          \\211HDF\\r\\n\\32\\n | an HDF5 file (.h5), but x is expected: save its arrays with numpy as .npz, named x_train and y_train.
          MATLAB 5.0      | a MATLAB file (.mat), but x is expected: take the set's IDX files, or save its arrays with numpy as .npz, named x_train and y_train.
          PAR1            | a Parquet file, but x is expected: save it as CSV, label first.
          \\377\\376\\61    | a text file in UTF-16, but x is expected: save it as UTF-8.
          GIF89a          | a GIF file, but x is expected: name another file.
          """)
  void isToldByWhatItIsAndWhatToDo(String start, String sentence) {
    byte[] file = start.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    assertThat(UnexpectedFile.refusal(Location.of(Path.of("the-file")), file, "x"))
        .hasMessage("the-file is " + sentence);
  }
}

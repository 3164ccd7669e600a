package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {
  private static String refusal(byte[] file) {
    try {
      new PictureDecoder(1 << 20).decode(file);
      throw new AssertionError("It was read.");
    } catch (HandspunException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          GIF89a\\1\\0\\1\\0              | a GIF file
          RIFF\\1\\2\\3\\4WEBPVP8         | a WebP file
          RIFF\\1\\2\\3\\4WAVEfmt         | neither a PNG nor a JPEG file
          \\0\\0\\0\\24ftypheic\\0\\0\\0  | an HEIC file
          \\0\\0\\0\\24ftypmif1\\0\\0\\0  | an HEIC file
          \\0\\0\\0\\24ftypavif\\0\\0\\0  | an AVIF file
          \\0\\0\\0\\24ftypisom\\0\\0\\0  | a film (MP4 or QuickTime)
          II*\\0\\10\\0\\0\\0             | a TIFF file or a camera's raw file
          MM\\0*\\0\\0\\0\\10             | a TIFF file or a camera's raw file
          BM\\66\\1\\0\\0\\0\\0\\0\\0     | a BMP file
          \\0\\0\\1\\0\\1\\0              | an icon (ICO) file
          \\0\\0\\0\\14JXL \\15\\12       | a JPEG XL file
          \\0\\0\\0\\14jP  \\15\\12       | a JPEG 2000 file
          8BPS\\0\\1                      | a Photoshop (PSD) file
          %PDF-1.7                        | a PDF file
          PK\\3\\4\\24                    | a ZIP archive or an office document
          \\37\\213\\10                   | packed by gzip
          <?xml version='1.0'?><svg/>     | an SVG drawing
          <svg width='1'/>                | an SVG drawing
          <!DOCTYPE html><p>              | a web page
          \\357\\273\\277<html lang='en'> | a web page
          data:image/png;base64,iVBORw0K  | an address that begins with "data:", not the picture in it
          version https://git-lfs.github. | a pointer of Git LFS, not the picture itself (git lfs pull fetches it)
          BMW                             | a text, neither a PNG nor a JPEG file
          hello                           | a text, neither a PNG nor a JPEG file
          \\211PNG\\12\\32\\12            | a PNG file that was changed as if it were text
          \\377\\330                      | neither a PNG nor a JPEG file
          \\0\\1\\2\\3                    | neither a PNG nor a JPEG file
          """)
  void namesWhatIsNoPicture(String beginning, String kind) {
    byte[] file = beginning.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    assertThat(refusal(file))
        .isEqualTo("The picture is " + kind + ": save it as PNG or JPEG and try again.");
  }

  @Test
  void namesAnEmptyFile() {
    assertThatThrownBy(() -> new PictureDecoder(1 << 20).decode(new byte[0]))
        .hasMessage("The picture is an empty file: save it as PNG or JPEG and try again.");
  }
}

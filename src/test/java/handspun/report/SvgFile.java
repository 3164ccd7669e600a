package handspun.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads an SVG file back as XML, without fetching the document type that it names. */
public final class SvgFile {
  private SvgFile() {}

  public static Element read(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " is no XML", e);
    }
  }

  /** The text of the file without the names of clip paths, which differ from drawing to drawing. */
  static String comparable(Path file) throws IOException {
    return Files.readString(file).replaceAll("clip-?\\d+", "clip");
  }

  /** How many elements have the fill or stroke of that colour, such as {@code 31,95,168}. */
  public static int countColor(Path file, String rgb) throws IOException {
    return Files.readString(file).split("rgb\\(" + rgb + "\\)", -1).length - 1;
  }
}

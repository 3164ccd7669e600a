package handspun.image;

import handspun.math.RandomStream;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;

final class Allographs {
  static double SHARE = 0.15;
  static final List<List<Strokes>> ALL = read();

  static final List<Strokes> FIGURES = figures();

  private static List<Strokes> figures() {
    List<Strokes> all = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Allographs.class.getResourceAsStream("figures.txt"), StandardCharsets.UTF_8))) {
      for (String line; (line = in.readLine()) != null; ) {
        if (line.startsWith("#") || line.isBlank()) continue;
        all.add(parse(line.substring(line.indexOf(':') + 1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  static Strokes of(int label, RandomStream random, Strokes otherwise) {
    if (label >= ALL.size()) return otherwise;
    List<Strokes> some = ALL.get(label);
    return some.get(random.nextInt(some.size()));
  }

  private static List<List<Strokes>> read() {
    List<List<Strokes>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) all.add(new ArrayList<>());
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Allographs.class.getResourceAsStream("allographs.txt"), StandardCharsets.UTF_8))) {
      for (String line; (line = in.readLine()) != null; ) {
        if (line.startsWith("#") || line.isBlank()) continue;
        all.get(line.charAt(0) - '0').add(parse(line.substring(2)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  static Strokes parse(String text) {
    Sketch made = new Sketch();
    for (String stroke : text.split(";")) {
      String[] points = stroke.strip().split("\\s+");
      List<float[]> run = new ArrayList<>();
      for (int i = 0; i < points.length; i++) {
        boolean corner = points[i].endsWith("|");
        String[] xy = points[i].replace("|", "").split(",");
        run.add(new float[] {Float.parseFloat(xy[0]) / 5, Float.parseFloat(xy[1]) / 5});
        if (corner || i == points.length - 1) {
          made.curve(run);
          float[] last = run.get(run.size() - 1);
          run = new ArrayList<>();
          run.add(last);
        }
      }
      made.end();
    }
    return made.strokes();
  }
}

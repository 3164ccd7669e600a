package handspun.cli;

import handspun.HandspunException;
import handspun.Json;
import handspun.UsageException;
import handspun.files.Location;
import handspun.image.DigitNormalizer;
import handspun.image.NormalizedDigit;
import handspun.image.Picture;
import handspun.image.PictureDecoder;
import handspun.image.PictureSteps;
import handspun.math.Kernels;
import handspun.read.DigitReader;
import handspun.read.Reading;
import handspun.report.StepsSheet;
import handspun.store.Model;
import handspun.store.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code predict}: reads the digits in picture files. */
@Command(
    name = "predict",
    description = "Read the digit in each picture: PNG or JPEG, dark on light or light on dark.")
final class PredictCommand implements Callable<Integer> {
  /** Width times height of the largest picture, which is more than telephones take. */
  private static final int MOST_PIXELS = 1 << 26;

  private static final int MOST_BYTES = 1 << 28;
  private static final int BAR = 40;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
  private String model;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "Picture files.")
  private List<Path> images;

  @Option(names = "--json", description = "Print one JSON object a picture, for machines.")
  private boolean json;

  @Option(
      names = "--show",
      paramLabel = "PNG",
      description =
          "Draw how one picture became 28x28: what was taken for paper, for ink, for noise, specks and lines.")
  private String show;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (show != null && images.size() > 1) {
      throw new UsageException(
          "--show draws one picture, but there are %d: name one.".formatted(images.size()));
    }
    Model read = ModelFile.read(Location.of(model, Map::of));
    DigitReader reader = DigitReader.of(read, Kernels.fastest());
    PrintWriter out = spec.commandLine().getOut();
    int width = images.stream().mapToInt(image -> image.toString().length()).max().orElse(0);
    int status = 0;
    for (Path image : images) {
      try {
        out.println(text(image, read(reader, image), width));
      } catch (HandspunException e) {
        out.flush();
        spec.commandLine().getErr().println("handspun: " + image + ": " + e.getMessage());
        spec.commandLine().getErr().flush();
        status = Main.FAILURE;
      }
    }
    out.flush();
    return status;
  }

  private Reading read(DigitReader reader, Path image) {
    try {
      Picture picture = new PictureDecoder(MOST_PIXELS).decode(bytes(image));
      Optional<NormalizedDigit> digit =
          show == null ? DigitNormalizer.normalize(picture) : draw(image, picture);
      return digit
          .map(reader::read)
          .orElseThrow(
              () ->
                  new HandspunException(
                      "The picture is blank: give one with a digit that stands out from the paper."));
    } catch (OutOfMemoryError e) {
      throw new HandspunException(
          "The picture takes more memory to read than is free: make it smaller, 28 x 28 pixels are enough.",
          e);
    }
  }

  /** Draws how the picture was normalised; gives what came of it. */
  private Optional<NormalizedDigit> draw(Path image, Picture picture) {
    PictureSteps steps = PictureSteps.of(picture);
    new StepsSheet(String.valueOf(image.getFileName()), steps)
        .write(Location.of(show, Map::of))
        .ifPresent(
            warning -> {
              throw new HandspunException(warning);
            });
    return steps.digit();
  }

  private static byte[] bytes(Path image) {
    if (Files.isDirectory(image)) {
      throw new HandspunException("This is a folder: name the picture files in it.");
    }
    try (InputStream in = Files.newInputStream(image)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new HandspunException(
            "The file has more than %d bytes: make the picture smaller.".formatted(MOST_BYTES));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new HandspunException("There is no such file: check the name.", e);
    } catch (IOException e) {
      throw new HandspunException(
          "The file cannot be read: %s.".formatted(HandspunException.reason(e)), e);
    }
  }

  private String text(Path image, Reading reading, int width) {
    if (json) {
      return new String(
          Json.object(
              fields -> {
                fields.writeStringField("file", image.toString());
                reading.writeFields(fields);
              }),
          StandardCharsets.UTF_8);
    }
    return images.size() == 1 ? bars(image, reading) : line(image, reading, width);
  }

  private static String bars(Path image, Reading reading) {
    StringBuilder text = new StringBuilder(image + ": " + sentence(reading));
    for (int digit = 0; digit < reading.outputs().length; digit++) {
      float output = reading.outputs()[digit];
      String bar = "#".repeat(Math.round(BAR * output));
      text.append(System.lineSeparator())
          .append(String.format(Locale.ROOT, "%4d  %.4f  %s", digit, output, bar).stripTrailing());
    }
    return text.toString();
  }

  private static String line(Path image, Reading reading, int width) {
    StringBuilder text =
        new StringBuilder(
            String.format(Locale.ROOT, "%-" + width + "s  %-8s ", image, words(reading)));
    for (int digit = 0; digit < reading.outputs().length; digit++) {
      text.append(String.format(Locale.ROOT, "  %d:%.2f", digit, reading.outputs()[digit]));
    }
    return text.toString();
  }

  private static String sentence(Reading reading) {
    return switch (reading.verdict()) {
      case DIGIT -> words(reading);
      case UNSURE -> words(reading) + " (unsure)";
      case NONE -> "%s (the nearest is %d)".formatted(words(reading), reading.digit());
      case SEVERAL -> words(reading) + " digits";
    };
  }

  /** The same for a table. */
  private static String words(Reading reading) {
    return switch (reading.verdict()) {
      case DIGIT, UNSURE ->
          reading.candidates().stream().map(String::valueOf).collect(Collectors.joining(" or "));
      case NONE -> "no digit";
      case SEVERAL -> "several";
    };
  }
}

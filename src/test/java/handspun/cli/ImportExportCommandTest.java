package handspun.cli;

import static handspun.train.Hyperparameters.ACTIVATION;
import static handspun.train.Hyperparameters.PREPROCESS;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.image.Preprocessing;
import handspun.network.Activation;
import handspun.network.Network;
import handspun.store.ImportedNetwork;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.train.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportExportCommandTest {
  private static final String PICKLE = "src/test/resources/handspun/store/trained_network.pkl";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private Exception failure;

  @Test
  void importsAndExportsWithoutLosingABit() throws IOException {
    Path model = folder.resolve("model.handspun");
    Path pickle = folder.resolve("exported.pkl");
    Network expected = ImportedNetwork.read(Path.of(PICKLE)).network();

    assertThat(run(new ImportCommand(), PICKLE, model.toString())).isZero();
    assertThat(out.toString())
        .contains("Imported the network 6-4-3", PICKLE, model.toString(), expected.sha256());
    assertThat(run(new ExportCommand(), model.toString(), pickle.toString())).isZero();
    assertThat(out.toString()).contains("Exported the network 6-4-3", pickle.toString());

    Model read = ModelFile.read(Location.of(model));
    assertThat(read.network().sha256()).isEqualTo(expected.sha256());
    assertThat(read.plan()).isEmpty();
    assertThat(read.provenance().created()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(read.provenance().versions()).containsKeys("handspun", "java");
    assertThat(read.provenance().testAccuracy()).isNaN();
    assertThat(ImportedNetwork.read(pickle).network().sha256()).isEqualTo(expected.sha256());
  }

  @Test
  void replacesAFileOnlyWhenTold() throws IOException {
    Path model = Files.writeString(folder.resolve("model.handspun"), "old");
    Path pickle = Files.writeString(folder.resolve("exported.pkl"), "old");

    assertThat(run(new ImportCommand(), PICKLE, model.toString())).isEqualTo(1);
    assertThat(failure).hasMessageContainingAll(model + " exists already", "--force");
    assertThat(model).hasContent("old");
    assertThat(run(new ImportCommand(), "--force", PICKLE, model.toString())).isZero();
    assertThat(run(new ExportCommand(), model.toString(), pickle.toString())).isEqualTo(1);
    assertThat(failure).hasMessageContainingAll(pickle + " exists already", "--force");
    assertThat(pickle).hasContent("old");
    assertThat(run(new ExportCommand(), "--force", model.toString(), pickle.toString())).isZero();
    assertThat(ImportedNetwork.read(pickle).network().topology().toString()).isEqualTo("6-4-3");
  }

  @Test
  void writesNothingWhenThereIsNothingToRead() {
    Path model = folder.resolve("model.handspun");

    assertThat(run(new ImportCommand(), folder.resolve("none.pkl").toString(), model.toString()))
        .isEqualTo(1);
    assertThat(failure).hasMessageContaining("There is no file");
    assertThat(run(new ExportCommand(), model.toString(), folder.resolve("x.pkl").toString()))
        .isEqualTo(1);
    assertThat(failure).hasMessageContaining("There is no model");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aNetworkThatPythonWouldReadWronglyIsNotExported() {
    Path model = folder.resolve("model.handspun");
    Path pickle = folder.resolve("exported.pkl");
    Plan plan = Plan.builder().set(ACTIVATION, Activation.RELU).build();
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, Double.NaN, Double.NaN);
    ModelFile.write(
        Location.of(model), new Model(plan.initialNetwork(), Optional.of(plan), provenance));
    assertThat(run(new ExportCommand(), model.toString(), pickle.toString())).isEqualTo(1);
    assertThat(failure)
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("784-16-16-10 has relu units", pickle.toString(), "sigmoids");
    assertThat(pickle).doesNotExist();
  }

  @Test
  void saysThatPythonMustPrepareImagesItself() {
    Path model = folder.resolve("model.handspun");
    Path pickle = folder.resolve("exported.pkl");
    Plan plan = Plan.builder().set(PREPROCESS, Preprocessing.STRAIGHTEN).build();
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, Double.NaN, Double.NaN);
    ModelFile.write(
        Location.of(model), new Model(plan.initialNetwork(), Optional.of(plan), provenance));
    assertThat(program("export", model.toString(), pickle.toString())).isZero();
    assertThat(out.toString())
        .contains("warning", "preprocess straighten", "has softmax outputs", "so is the digit");
    assertThat(ImportedNetwork.read(pickle).network().sha256())
        .isEqualTo(plan.initialNetwork().sha256());
  }

  @Test
  void areCommandsOfTheProgram() {
    Path model = folder.resolve("model.handspun");

    assertThat(program("import", PICKLE, model.toString())).isZero();
    assertThat(program("export", model.toString(), folder.resolve("x.pkl").toString())).isZero();
    assertThat(program("import", PICKLE, model.toString())).isEqualTo(1);
    assertThat(program("import", PICKLE)).isEqualTo(2);
  }

  private int program(String... arguments) {
    return Main.run(List.of(), new PrintWriter(out), new PrintWriter(out), arguments);
  }

  private int run(Object command, String... arguments) {
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out, true));
    line.setExecutionExceptionHandler(
        (e, commandLine, parsed) -> {
          failure = e;
          return 1;
        });
    return line.execute(arguments);
  }
}

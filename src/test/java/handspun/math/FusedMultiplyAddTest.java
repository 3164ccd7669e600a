package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.OwnProcess;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FusedMultiplyAddTest {

  /** Tells what a command would, in a Java of its own. */
  public static final class Teller {
    private Teller() {}

    /**
     * @param args none
     */
    public static void main(String[] args) {
      System.out.println(FusedMultiplyAdd.warning().orElse("nothing"));
    }
  }

  @Test
  void saysNothingAndMeasuresNothingWhereJavaUsesIt() {
    assertThat(
            FusedMultiplyAdd.warning(
                Optional.of(true),
                () -> {
                  throw new AssertionError("measured");
                }))
        .isEmpty();
  }

  @Test
  void saysHowManyTimesSlowerItWasMeasuredToBe() {
    assertThat(FusedMultiplyAdd.warning(Optional.of(false), () -> 5_432).orElseThrow())
        .contains("no fused multiply-add", "about 5,400 times as long", "-XX:UseAVX");
    assertThat(FusedMultiplyAdd.warning(Optional.of(false), () -> 17).orElseThrow())
        .contains("about 17 times");
  }

  @Test
  void believesItsMeasurementOfAJavaThatDoesNotTell() {
    assertThat(FusedMultiplyAdd.warning(Optional.empty(), () -> 3)).isEmpty();
    assertThat(FusedMultiplyAdd.warning(Optional.empty(), () -> 900)).isPresent();
  }

  @Test
  void findsOutInAJavaThatWasToldNotToUseIt() throws Exception {
    assertThat(OwnProcess.run(Teller.class, "-XX:-UseFMA"))
        .startsWith("This processor has no fused multiply-add")
        .containsPattern("takes about [0-9,]+ times as long");
  }
}

package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void namesStandToTheLeftAndNumbersToTheRight() {
    TextTable table = new TextTable(List.of("program", "s", "x NumPy"));
    table.add(List.of("a", "12.5", "1"));
    table.add(List.of("longer name", "3", "100"));
    assertThat(table)
        .hasToString(
            """
            program         s  x NumPy
            a            12.5        1
            longer name     3      100
            """);
  }

  @Test
  void aShortRowEndsInWordsThatNeedNoColumn() {
    TextTable table = new TextTable(List.of("program", "cores", "s", "MB"));
    table.add(List.of("a", "1", "not measured: it fell over a rather long time ago."));
    table.add(List.of("b", "2", "3", "4"));
    assertThat(table)
        .hasToString(
            """
            program  cores  s  MB
            a            1  not measured: it fell over a rather long time ago.
            b            2  3   4
            """);
  }
}

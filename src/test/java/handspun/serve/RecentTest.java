package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final List<String> made = new ArrayList<>();

  private String make(String key) {
    made.add(key);
    return key;
  }

  @Test
  void forgetsWhatWasNotAskedForLongest() {
    Recent<String, String> recent = new Recent<>(2);
    for (String key : List.of("a", "b", "a", "c", "a", "b")) {
      assertThat(recent.get(key, this::make)).isEqualTo(key);
    }
    assertThat(made).containsExactly("a", "b", "c", "b");
  }

  @Test
  void holdsAsMuchAsIsAllowedButAlwaysTheNewest() {
    Recent<String, String> recent = new Recent<>(4, String::length);
    for (String key : List.of("aa", "bb", "aa", "ccc", "bb", "ccccc", "ccccc", "bb")) {
      assertThat(recent.get(key, this::make)).isEqualTo(key);
    }
    assertThat(made).containsExactly("aa", "bb", "ccc", "bb", "ccccc", "bb");
  }
}

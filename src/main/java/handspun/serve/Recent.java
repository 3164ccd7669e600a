package handspun.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What was made of a few keys, as long as it is not too large together: what was not asked for
 * longest goes first. The newest stays, however large.
 *
 * <p>Safe for use by several threads, of which one at a time makes something.
 */
final class Recent<K, V> {
  private final long most;
  private final ToLongFunction<V> size;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

  /** Holds values whose sizes add up to so much at most. */
  Recent(long most, ToLongFunction<V> size) {
    this.most = most;
    this.size = size;
  }

  /** Holds so many values at most. */
  Recent(int most) {
    this(most, value -> 1);
  }

  /** {@return what was made of a key, or is made now} */
  synchronized V get(K key, Function<K, V> make) {
    V known = values.get(key);
    if (known != null) {
      return known;
    }
    V made = make.apply(key);
    values.put(key, made);
    long sum = values.values().stream().mapToLong(size).sum();
    var oldest = values.entrySet().iterator();
    while (sum > most && values.size() > 1) {
      sum -= size.applyAsLong(oldest.next().getValue());
      oldest.remove();
    }
    return made;
  }
}

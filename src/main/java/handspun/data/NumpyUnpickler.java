package handspun.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles that hold nothing but numbers, texts, bytes, lists, tuples, dicts and numpy's
 * arrays of numbers.
 *
 * <p>A pickle is a program for a small stack machine, and one of its instructions calls any
 * function by name. The library knows many functions by default and invents a class for every other
 * one. Here, every instruction that can name, call or build something is carried out by this class,
 * which knows {@link NumpyConstructors} and refuses all else by name; the library's own register of
 * constructors is never asked. Instructions that only move data are left to the library, after
 * their lengths were checked against what the file still holds.
 *
 * <p>An object of a {@link PickledClass} becomes a {@link PickledObject}: its attributes, without
 * any of its class's code.
 *
 * <p>A list is a {@link List}, a tuple an {@code Object[]}, a dict a {@link Map} with texts and
 * numbers as keys, bytes are {@code byte[]}; the {@code str} of Python 2 is a {@link String} of the
 * characters 0..255.
 */
final class NumpyUnpickler extends Unpickler {
  /** More instructions than this are no model or data set, but an attack on memory. */
  private static final int MOST_INSTRUCTIONS = 1 << 24;

  /** A number written out in digits is shorter than this. */
  private static final int LONGEST_NUMBER = 400;

  private final ByteArrayInputStream in;
  private final int size;
  private int instructions;

  private NumpyUnpickler(byte[] pickle) {
    in = new ByteArrayInputStream(pickle);
    size = pickle.length;
  }

  /** {@return the object in a pickle} */
  static Object unpickle(byte[] pickle) {
    NumpyUnpickler unpickler = new NumpyUnpickler(pickle);
    try {
      return unpickler.load(unpickler.in);
    } catch (PythonDataException e) {
      throw e;
    } catch (IOException e) {
      throw new PythonDataException("is not a pickle, or one that was cut off", e);
    } catch (RuntimeException e) {
      // The library stumbles over senseless instructions with all kinds of exceptions.
      throw new PythonDataException("is not a pickle, or a damaged one", e);
    }
  }

  @Override
  protected Object dispatch(short instruction) throws PickleException, IOException {
    if (++instructions > MOST_INSTRUCTIONS) {
      throw new PythonDataException(
          "is a pickle of more than %d instructions, more than any network or data set needs"
              .formatted(MOST_INSTRUCTIONS));
    }
    switch (instruction) {
      case Opcodes.GLOBAL -> stack.add(constructor(line(), line()));
      case Opcodes.INST -> {
        IObjectConstructor constructor = constructor(line(), line());
        stack.pop_all_since_marker();
        stack.add(newObject(constructor, instruction));
      }
      case Opcodes.OBJ -> {
        List<Object> classAndArguments = stack.pop_all_since_marker();
        stack.add(newObject(classAndArguments.get(0), instruction));
      }
      case Opcodes.NEWOBJ -> {
        stack.pop();
        stack.add(newObject(stack.pop(), instruction));
      }
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        stack.add(constructor((String) stack.pop(), name));
      }
      case Opcodes.REDUCE -> {
        Object[] arguments = (Object[]) stack.pop();
        stack.add(((IObjectConstructor) stack.pop()).construct(arguments));
      }
      case Opcodes.BUILD -> {
        Object state = stack.pop();
        if (stack.peek() instanceof PickledObject object) {
          object.setState(state);
        } else if (stack.peek() instanceof NumpyType type) {
          type.setState((Object[]) state);
        } else {
          ((NumpyArray) stack.peek()).setState((Object[]) state);
        }
      }
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put(List.of(stack.pop(), value));
      }
      case Opcodes.SETITEMS -> put(stack.pop_all_since_marker());
      case Opcodes.DICT -> {
        List<Object> items = stack.pop_all_since_marker();
        super.dispatch(Opcodes.EMPTY_DICT);
        put(items);
      }
      case Opcodes.BINSTRING -> stack.add(text(length(4)));
      case Opcodes.SHORT_BINSTRING -> stack.add(text(length(1)));
      case Opcodes.INT, Opcodes.LONG, Opcodes.FLOAT, Opcodes.GET, Opcodes.PUT -> {
        requireShortLine();
        return super.dispatch(instruction);
      }
      case Opcodes.LONG1, Opcodes.SHORT_BINBYTES, Opcodes.SHORT_BINUNICODE -> {
        requireLength(1);
        return super.dispatch(instruction);
      }
      case Opcodes.LONG4, Opcodes.BINBYTES, Opcodes.BINUNICODE -> {
        requireLength(4);
        return super.dispatch(instruction);
      }
      case Opcodes.BINBYTES8, Opcodes.BINUNICODE8, Opcodes.BYTEARRAY8 -> {
        requireLength(8);
        return super.dispatch(instruction);
      }
      case Opcodes.STOP,
          Opcodes.PROTO,
          Opcodes.FRAME,
          Opcodes.MARK,
          Opcodes.POP,
          Opcodes.POP_MARK,
          Opcodes.DUP,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.BINFLOAT,
          Opcodes.STRING,
          Opcodes.UNICODE,
          Opcodes.EMPTY_LIST,
          Opcodes.LIST,
          Opcodes.APPEND,
          Opcodes.APPENDS,
          Opcodes.EMPTY_DICT,
          Opcodes.EMPTY_TUPLE,
          Opcodes.TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET,
          Opcodes.BINPUT,
          Opcodes.LONG_BINPUT,
          Opcodes.MEMOIZE -> {
        return super.dispatch(instruction);
      }
      default -> throw unknown(instruction);
    }
    return NO_RETURN_VALUE;
  }

  private PythonDataException unknown(short instruction) {
    return new PythonDataException(
        "is not a pickle of numbers, lists and numpy's arrays: it has the instruction 0x%02x at byte %d"
            .formatted(instruction, size - in.available() - 1));
  }

  private static IObjectConstructor constructor(String module, String name) {
    if (PickledClass.isOne(name)) {
      return new PickledClass(module + "." + name);
    }
    IObjectConstructor constructor = NumpyConstructors.of(module, name);
    if (constructor == null) {
      throw PickledClass.refusal(module + "." + name);
    }
    return constructor;
  }

  private PickledObject newObject(Object constructor, short instruction) {
    if (constructor instanceof PickledClass ours) {
      return new PickledObject(ours.name());
    }
    throw unknown(instruction);
  }

  private void put(List<Object> items) {
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) stack.peek();
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      if (!(key instanceof String || key instanceof Number)) {
        throw new PythonDataException("has a dict with a key that is neither text nor a number");
      }
      map.put(key, items.get(i + 1));
    }
  }

  private String line() throws IOException {
    String line = PickleUtils.readline(in);
    if (in.available() == 0) {
      throw new EOFException("A name is not the last thing in a pickle.");
    }
    return line;
  }

  private String text(int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  /** Reads a little-endian length and checks that the file holds as much. */
  private int length(int bytes) throws IOException {
    long length = 0;
    for (int b = 0; b < bytes; b++) {
      length |= (long) PickleUtils.readbyte(in) << (8 * b);
    }
    if (length < 0 || length > in.available()) {
      throw new PythonDataException(
          "is not a pickle, or one that was cut off: %s bytes should follow byte %d, but only %d do"
              .formatted(Long.toUnsignedString(length), size - in.available(), in.available()));
    }
    return (int) length;
  }

  private void requireLength(int bytes) throws IOException {
    in.mark(bytes);
    length(bytes);
    in.reset();
  }

  private void requireShortLine() {
    in.mark(LONGEST_NUMBER);
    int read = 0;
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (++read > LONGEST_NUMBER) {
        throw new PythonDataException(
            "is a damaged pickle: it has a number of more than %d digits"
                .formatted(LONGEST_NUMBER));
      }
    }
    in.reset();
  }
}

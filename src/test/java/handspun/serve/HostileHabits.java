package handspun.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What hostile clients do with a connection beside sending a request. */
final class HostileHabits {
  private static final String HEAD = "Host: localhost\r\n";
  private static final String POST =
      "POST /api/predict HTTP/1.1\r\n" + HEAD + "Content-Type: image/png\r\n";
  private static final String LARGE = "GET /main.js HTTP/1.1\r\n" + HEAD + "\r\n";
  private static final int PAUSE_MILLIS = 100;
  private static final int MOST_STEPS = 600;

  private HostileHabits() {}

  /**
   * A habit.
   *
   * @param answer what it ends with, as {@link HostileRequest#answer()} says it
   */
  record Habit(String answer, String name, Deed deed) {
    /** {@return what is not as it should be; empty if all is} */
    String problem(int port) throws Exception {
      return practise(port).problem(answer, name);
    }

    private HostileAnswer practise(int port) throws Exception {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(60_000);
        deed.act(socket);
        return socket.isClosed()
            ? new HostileAnswer(HostileRequest.NONE, "", "")
            : HostileAnswer.read(socket);
      }
    }
  }

  /** What is done before the answer is awaited. */
  interface Deed {
    void act(Socket socket) throws Exception;
  }

  static List<Habit> all() {
    return List.of(
        new Habit(
            "none",
            "a request line, a byte now and then",
            socket -> trickle(socket, "GET /" + "a".repeat(MOST_STEPS))),
        new Habit(
            "none",
            "a header, a byte now and then",
            socket -> trickle(socket, "GET / HTTP/1.1\r\nX: " + "a".repeat(MOST_STEPS))),
        new Habit(
            "408",
            "a body, a byte now and then",
            socket ->
                trickle(socket, POST + "Content-Length: 10000\r\n\r\n", "a".repeat(MOST_STEPS))),
        new Habit(
            "408",
            "chunks of a byte now and then",
            socket ->
                trickle(
                    socket,
                    POST + "Transfer-Encoding: chunked\r\n\r\n",
                    "1\r\nx\r\n".repeat(MOST_STEPS))),
        new Habit(
            "408",
            "a body that does not come",
            socket -> send(socket, POST + "Content-Length: 5\r\n\r\n")),
        new Habit(
            "408",
            "an expectation without a body",
            socket -> send(socket, POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")),
        new Habit(
            "400",
            "half of a body, then silence",
            socket -> sendAndEnd(socket, POST + "Content-Length: 5\r\n\r\nab")),
        new Habit(
            "400", "half of a request line, then an end", socket -> sendAndEnd(socket, "GET / HT")),
        new Habit("none", "nothing, then an end", socket -> sendAndEnd(socket, "")),
        new Habit("none", "gone in the head", socket -> sendAndReset(socket, "GET / HTTP/1.1\r\n")),
        new Habit(
            "none",
            "gone in the body",
            socket -> sendAndReset(socket, POST + "Content-Length: 500\r\n\r\nabc")),
        new Habit("none", "gone before the answer", socket -> sendAndReset(socket, LARGE)),
        new Habit("none", "gone in the answer", HostileHabits::readABitAndReset),
        new Habit(
            "200", "a hundred requests in a row", socket -> sendAndEnd(socket, LARGE.repeat(100))),
        new Habit("none", "requests without taking the answers", HostileHabits::neverRead));
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void sendAndEnd(Socket socket, String text) throws IOException {
    send(socket, text);
    socket.shutdownOutput();
  }

  private static void sendAndReset(Socket socket, String text) throws IOException {
    send(socket, text);
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void readABitAndReset(Socket socket) throws IOException {
    send(socket, LARGE);
    socket.getInputStream().readNBytes(10);
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void trickle(Socket socket, String begin, String rest) throws Exception {
    send(socket, begin);
    trickle(socket, rest);
  }

  /** A byte at a time, until the server has had enough. */
  private static void trickle(Socket socket, String text) throws Exception {
    try {
      for (int i = 0; i < text.length(); i++) {
        send(socket, text.substring(i, i + 1));
        if (socket.getInputStream().available() > 0) {
          return;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      // It has closed the connection.
    }
  }

  /** Asks until the server has had enough of answers that nobody takes. */
  private static void neverRead(Socket socket) throws IOException {
    byte[] asks = LARGE.repeat(100).getBytes(StandardCharsets.ISO_8859_1);
    try {
      while (true) {
        socket.getOutputStream().write(asks);
      }
    } catch (IOException e) {
      socket.close();
    }
  }
}

package handspun.serve;

import java.util.List;
import java.util.function.Function;

/** An endpoint that something is posted to, of at most so many bytes. */
record PostEndpoint(int mostBytes, Function<Request, Answer> answers) implements Endpoint {
  @Override
  public Answer answer(Request request) {
    return answers.apply(request);
  }

  @Override
  public List<String> methods() {
    return List.of("POST");
  }
}

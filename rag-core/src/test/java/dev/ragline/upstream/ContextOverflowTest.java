package dev.ragline.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextOverflowTest {
  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'code':400,'message':'request (5301 tokens) exceeds the available context size"
            + " (4096 tokens), try increasing it','type':'exceed_context_size_error',"
            + "'n_prompt_tokens':5301,'n_ctx':4096}} | 4096 | 5301",
        "{'error':{'message':\"This model's maximum context length is 8192 tokens. However, your"
            + " messages resulted in 9001 tokens.\",'code':'context_length_exceeded'}} | 8192 |"
            + " 9001",
        "{'object':'error','message':\"This model's maximum context length is 2048 tokens. However,"
            + " you requested 2070 tokens (2020 in the messages, 50 in the completion)\"}"
            + " | 2048 | 2020",
        "{'error':{'message':'prompt is too long: 210000 tokens > 200000 maximum'}}"
            + " | 200000 | 210000",
        "{'message':'Prompt contains 40000 tokens and 0 draft tokens, too large for model with"
            + " 32768 maximum context length'} | 32768 | 40000",
        "{'error':{'message':'The input token count (1200000) exceeds the maximum number of tokens"
            + " allowed (1048576).'}} | 1048576 | 1200000",
        "{'error':{'message':'litellm.ContextWindowExceededError: request (1301 tokens) exceeds the"
            + " available context size (1024 tokens), try increasing it','code':'400'}}"
            + " | 1024 | 1301",
        "{'error':'`inputs` tokens + `max_new_tokens` must be <= 4096.'} | 4096 | 0",
      })
  void in_refusalOfALongPrompt_tellsTheContext(String body, int context, int prompt)
      throws Exception {
    assertThat(ContextOverflow.in(json(quoted(body))))
        .contains(new ContextOverflow(context, prompt));
  }

  /** JSON, of the same with single quotes but around a text that holds an apostrophe. */
  private static String quoted(String body) {
    StringBuilder json = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c == '"') {
        inside = !inside;
        json.append('"');
      } else {
        json.append(c == '\'' && !inside ? '"' : c);
      }
    }
    return json.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"temperature must be <= 2\"}}",
        "{\"error\":{\"message\":\"max_tokens is 99999, and must be less\"}}",
        "{\"error\":{\"message\":\"the context is too long\"}}",
        "{}"
      })
  void in_otherRefusal_isEmpty(String body) throws Exception {
    assertThat(ContextOverflow.in(json(body))).isEmpty();
  }

  @Test
  void countedAs_modelSeesMoreTokensThanWeCount_isLessByAsMuch() {
    assertThat(new ContextOverflow(4096, 8000).countedAs(4000)).isEqualTo(2048);
    assertThat(new ContextOverflow(4096, 5000).countedAs(5000)).isEqualTo(4096);
    assertThat(new ContextOverflow(4096, 0).countedAs(5000)).isEqualTo(4096);
  }
}

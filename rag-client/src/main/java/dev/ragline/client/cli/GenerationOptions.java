package dev.ragline.client.cli;

import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.ResponseSchema;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How answers are written by a language model, for a question or for all of a corpus. */
final class GenerationOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The language model, in place of the one that the server was started with.")
  private @Nullable String model;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "How freely the model chooses its words, 0 to 2.")
  private @Nullable Double temperature;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "With the same seed a model says the same again, as far as it can.")
  private @Nullable Long seed;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "A text before which the model stops; can be repeated, up to 4 times.")
  private List<String> stop = List.of();

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "The standing instruction, in place of the usual one.")
  private @Nullable String system;

  @Option(names = "--system-file", paramLabel = "FILE", description = "The same from a file.")
  private @Nullable Path systemFile;

  @Option(
      names = "--template-file",
      paramLabel = "FILE",
      description =
          "What the model is told with a question, with {context} and {question} where passages and"
              + " question go.")
  private @Nullable Path templateFile;

  @Option(
      names = "--answer-language",
      paramLabel = "TAG",
      description =
          "What to answer in, such as de or pt-BR, or question for the question's own; the"
              + " documents' language where not given.")
  private @Nullable String language;

  @Option(
      names = "--json-schema",
      paramLabel = "FILE",
      description = "Answer in JSON by this JSON Schema.")
  private @Nullable Path schemaFile;

  void check() {
    if (system != null && systemFile != null) {
      throw CommandException.usage("--system or --system-file, not both");
    }
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw CommandException.usage("--temperature is 0 to 2, not " + temperature);
    }
    if (stop.size() > 4) {
      throw CommandException.usage("--stop can be given 4 times, not " + stop.size());
    }
  }

  /** What was asked for; the default message where nothing was. */
  GenerationSpec spec() {
    GenerationSpec.Builder spec = GenerationSpec.newBuilder().addAllStop(stop);
    if (model != null) {
      spec.setModel(model);
    }
    if (temperature != null) {
      spec.setTemperature(temperature);
    }
    if (seed != null) {
      spec.setSeed(seed);
    }
    String instruction = systemFile == null ? system : read(systemFile).strip();
    if (instruction != null) {
      spec.setSystem(instruction);
    }
    if (templateFile != null) {
      spec.setTemplate(read(templateFile).stripTrailing());
    }
    if (language != null) {
      spec.setAnswerLanguage(language);
    }
    if (schemaFile != null) {
      spec.setResponseSchema(ResponseSchema.newBuilder().setSchema(read(schemaFile)));
    }
    return spec.build();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw CommandException.usage("there is no file " + file);
    } catch (CharacterCodingException e) {
      throw CommandException.usage(file + " is not in UTF-8");
    } catch (IOException e) {
      throw CommandException.failed(file + " cannot be read: " + e.getMessage());
    }
  }

  /** The settings of a corpus with what was asked for in their place. */
  static GenerationSpec over(GenerationSpec there, GenerationSpec asked) {
    GenerationSpec.Builder merged = there.toBuilder();
    if (asked.getStopCount() > 0) {
      merged.clearStop();
    }
    if (asked.hasResponseSchema()) {
      merged.clearResponseSchema();
    }
    return merged.mergeFrom(asked).build();
  }

  /** What is set, for people. */
  static String describe(GenerationSpec spec) {
    Phrases phrases = new Phrases();
    phrases.add(!spec.getModel().isEmpty(), "model " + spec.getModel());
    phrases.add(spec.hasTemperature(), "temperature " + spec.getTemperature());
    phrases.add(spec.hasSeed(), "seed " + spec.getSeed());
    phrases.add(spec.getMaxTokens() > 0, "at most " + spec.getMaxTokens() + " tokens");
    phrases.add(spec.getStopCount() > 0, Text.count(spec.getStopCount(), "stop"));
    phrases.add(!spec.getSystem().isEmpty(), "own instruction");
    phrases.add(!spec.getTemplate().isEmpty(), "own template");
    phrases.add(!spec.getAnswerLanguage().isEmpty(), "in " + spec.getAnswerLanguage());
    phrases.add(spec.hasResponseSchema(), "JSON " + spec.getResponseSchema().getName());
    return phrases.joined();
  }

  /** Those that apply, with commas between. */
  private static final class Phrases {
    private final StringBuilder text = new StringBuilder();

    void add(boolean applies, String phrase) {
      if (applies) {
        text.append(text.isEmpty() ? "" : ", ").append(phrase);
      }
    }

    String joined() {
      return Text.oneLine(text.toString());
    }
  }
}

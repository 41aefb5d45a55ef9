package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** OpenNLP's model, which tells languages apart by the letters that follow one another. */
final class LanguageModel {
  private static final String FILE = "/langdetect-183.bin";

  /** Codes of the model that differ from those of ISO 639-3 for our tags, or are more narrow. */
  private static final Map<String, String> TAGS =
      Map.ofEntries(
          Map.entry("cmn", "zh"),
          Map.entry("ekk", "et"),
          Map.entry("fas", "fa"),
          Map.entry("lvs", "lv"),
          Map.entry("nno", "no"),
          Map.entry("nob", "no"),
          Map.entry("pes", "fa"));

  private final LanguageDetectorModel model;
  private final Map<String, Language> byCode = new HashMap<>();

  /** Loads the model, which takes a second and stays in memory (34 MB). */
  LanguageModel() {
    try (InputStream file = LanguageModel.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IOException(FILE + " is not there");
      }
      model = new LanguageDetectorModel(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the model of languages cannot be read", e);
    }
    for (Language language : Language.all()) {
      byCode.put(Locale.of(language.tag()).getISO3Language(), language);
    }
    TAGS.forEach((code, tag) -> byCode.put(code, new Language(tag)));
  }

  /** How likely a text is in each of some languages; not in sum 1, as there are others. */
  Map<Language, Double> guess(String text, Collection<Language> languages) {
    // It is for one thread; the model is for all.
    Map<Language, Double> likely = new HashMap<>();
    for (var guess : new LanguageDetectorME(model).predictLanguages(text)) {
      Language language = byCode.get(guess.getLang());
      if (language != null && languages.contains(language)) {
        // Norwegian is in it twice, and others too; that makes them no likelier.
        likely.merge(language, guess.getConfidence(), Double::max);
      }
    }
    return likely;
  }
}

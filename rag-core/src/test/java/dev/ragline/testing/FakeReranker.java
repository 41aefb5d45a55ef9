package dev.ragline.testing;

import dev.ragline.call.Call;
import dev.ragline.ranking.Reranker;
import java.util.ArrayList;
import java.util.List;

/** Prefers the shorter passage, or does as it is told. */
public final class FakeReranker implements Reranker {
  private final List<List<String>> calls = new ArrayList<>();
  private Behaviour behaviour = FakeReranker::shortestFirst;

  /** What it does. */
  @FunctionalInterface
  public interface Behaviour {
    /** The passages' scores. */
    double[] score(List<String> passages, Call call);
  }

  /** Does so from now on. */
  public void behave(Behaviour other) {
    behaviour = other;
  }

  /** The passages of each call. */
  public List<List<String>> calls() {
    return List.copyOf(calls);
  }

  @Override
  public String model() {
    return "fake-reranker";
  }

  @Override
  public double[] score(String question, List<String> passages, Call call) {
    calls.add(List.copyOf(passages));
    return behaviour.score(passages, call);
  }

  @Override
  public void close() {}

  private static double[] shortestFirst(List<String> passages, Call call) {
    return passages.stream().mapToDouble(passage -> 1.0 / (1 + passage.length())).toArray();
  }
}

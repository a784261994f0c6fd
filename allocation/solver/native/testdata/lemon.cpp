// Solves minimum-cost flows in DIMACS form by the network simplex of LEMON (lemon.cs.elte.hu), a number of times each.
// Prints for each file its optimum, then the seconds of every round: from the graph in memory to the optimal flow,
// reading not counted, with LEMON's default pivot rule.
//
//   lemon ROUNDS FILE...
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <lemon/dimacs.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, int, long long>;
using Clock = std::chrono::steady_clock;

int main(int count, char **arguments) {
  if (count < 3) return 2;
  for (int file = 2; file < count; ++file) {
    std::ifstream in(arguments[file]);
    Graph graph;
    Graph::ArcMap<long long> lower(graph), upper(graph), cost(graph);
    Graph::NodeMap<long long> supply(graph);
    lemon::readDimacsMin(in, graph, lower, upper, cost, supply);
    for (int round = 0; round < std::atoi(arguments[1]); ++round) {
      const auto began = Clock::now();
      Simplex simplex(graph);
      simplex.lowerMap(lower).upperMap(upper).costMap(cost).supplyMap(supply);
      if (simplex.run() != Simplex::OPTIMAL) return 1;
      const std::chrono::duration<double> took = Clock::now() - began;
      if (round == 0) std::cout << simplex.totalCost<long long>();
      std::cout << ' ' << took.count();
    }
    std::cout << '\n';
  }
}

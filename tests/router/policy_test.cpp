#include "neartile/router/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neartile/pe/base/error.h"
#include "router/small_chip.h"

namespace neartile::router {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Groups of the matrix layers only.
std::vector<std::size_t> routed(const std::string& policy, std::size_t layers, const ChipConfig& chip) {
  const workloads::Network network = named_network(layers);
  const Routing routing = find_policy(policy).route(network, chip);
  EXPECT_EQ(routing.size(), network.nodes.size());
  std::vector<std::size_t> groups;
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (network.nodes[i].matrix()) groups.push_back(routing[i]);
  return groups;
}

TEST(Policies, FirstSendsAllLayersToTheFirstGroup) {
  EXPECT_THAT(routed("first", 3, small_chip({"drum(4)", "exact"})), ElementsAre(0, 0, 0));
}

TEST(Policies, SpreadTakesGroupsInTurn) {
  EXPECT_THAT(routed("spread", 5, small_chip({"exact", "drum(4)", "truncated(4)"})),
              ElementsAre(0, 1, 2, 0, 1));
}

TEST(Policies, ExactEndsKeepsFirstAndLastLayerExact) {
  EXPECT_THAT(routed("exact-ends", 6, small_chip({"drum(4)", "exact", "truncated(4)"})),
              ElementsAre(1, 0, 2, 0, 2, 1));
  EXPECT_THAT(routed("exact-ends", 2, small_chip({"drum(4)", "exact"})), ElementsAre(1, 1));
  EXPECT_THAT(routed("exact-ends", 1, small_chip({"drum(4)", "exact"})), ElementsAre(1));
  EXPECT_TRUE(routed("exact-ends", 0, small_chip({"drum(4)", "exact"})).empty());
}

TEST(Policies, ExactEndsUsesExactGroupsWhereNothingIsApproximate) {
  EXPECT_THAT(routed("exact-ends", 4, small_chip({"exact"})), ElementsAre(0, 0, 0, 0));
}

TEST(Policies, ExactEndsNeedsAnExactGroup) {
  try {
    routed("exact-ends", 3, small_chip({"drum(4)"}));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("policy exact-ends: the chip has no exact group"));
  }
}

TEST(Policies, AreListedWhereANameIsUnknown) {
  try {
    find_policy("best");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "policy \"best\": no such policy, expected one of first, spread, exact-ends");
  }
}

TEST(Policies, HaveDistinctNamesAndHelp) {
  for (const Policy* policy : policies()) {
    EXPECT_EQ(&find_policy(std::string(policy->name)), policy);
    EXPECT_FALSE(policy->help.empty());
  }
}

}  // namespace
}  // namespace neartile::router

#pragma once

#include "core/run/run_config.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// A run that is being put together from another one: a preset, or a run of the experiment. What
/// the user changed stays changed when another run takes that one's place; all else follows it. No
/// widgets.
///
/// Settings have the names of RunOption, as in `optimizer.learning_rate`, and texts as `--set`
/// takes them; a text need not be valid.
class RunDraft
{
public:
    explicit RunDraft(RunConfig base);

    void begin_from(RunConfig base);
    /// The run it begins from as it is given, and fitted to the model and the task of this one.
    const RunConfig& base() const { return base_; }
    const RunConfig& fitted_base() const { return fitted_; }

    void set(const std::string& setting, const std::string& text);
    /// The setting has again the value of the run it begins from.
    void reset(const std::string& setting);
    std::string text(const std::string& setting) const;
    bool changed(const std::string& setting) const;
    /// Whether anything is.
    bool changed() const { return !typed_.empty() || capabilities_.has_value(); }

    /// How many processes are to share the run, which some settings need; 1 until it is said.
    void set_processes(int processes);

    void set_capabilities(std::vector<SuiteReference> capabilities);
    const std::vector<SuiteReference>& capabilities() const { return config_.capabilities; }

    /// Invalid settings have the value of fitted_base().
    const RunConfig& config() const { return config_; }
    /// A sentence for each setting that is wrong, in order; under `capabilities` or an empty name
    /// what belongs to no setting.
    const std::map<std::string, std::string>& problems() const { return problems_; }

private:
    void work_out();

    RunConfig base_;
    int processes_ = 1;
    std::map<std::string, std::string> typed_; ///< only where it is not fitted_base()'s
    std::optional<std::vector<SuiteReference>> capabilities_;

    RunConfig fitted_; // the rest follows from the above
    RunConfig config_;
    std::map<std::string, std::string> inherited_; ///< the texts of fitted_
    std::map<std::string, std::string> problems_;
};

} // namespace circuitloom::ui

#include "ui/dialogs/run_draft.h"

#include "core/base/error.h"
#include "core/run/block_sharding.h"
#include "core/run/run_options.h"
#include "ui/dialogs/fitted_run.h"

#include <string_view>
#include <utility>

namespace circuitloom::ui {

namespace {

std::map<std::string, std::string> texts_of(RunConfig config)
{
    std::map<std::string, std::string> texts;
    for (const RunOption& option : options_of(config))
        texts[option.name()] = option.text();
    return texts;
}

/// The name of the setting that a sentence of validate() begins with.
std::string setting_of(
    const std::string& problem, const std::map<std::string, std::string>& settings)
{
    const std::string first = problem.substr(0, problem.find(' '));
    return settings.contains(first) ? first : std::string();
}

} // namespace

RunDraft::RunDraft(RunConfig base)
    : base_(std::move(base))
{
    work_out();
}

void RunDraft::begin_from(RunConfig base)
{
    base_ = std::move(base);
    work_out();
}

void RunDraft::set(const std::string& setting, const std::string& text)
{
    typed_[setting] = text;
    work_out();
}

void RunDraft::reset(const std::string& setting)
{
    typed_.erase(setting);
    work_out();
}

std::string RunDraft::text(const std::string& setting) const
{
    const auto typed = typed_.find(setting);
    return typed != typed_.end() ? typed->second : inherited_.at(setting);
}

bool RunDraft::changed(const std::string& setting) const
{
    return typed_.contains(setting);
}

void RunDraft::set_processes(int processes)
{
    if (processes == processes_)
        return;
    processes_ = processes;
    work_out();
}

void RunDraft::set_capabilities(std::vector<SuiteReference> capabilities)
{
    capabilities_ = std::move(capabilities);
    work_out();
}

void RunDraft::work_out()
{
    const auto chosen = [this](const char* setting, const std::string& otherwise) {
        const auto typed = typed_.find(setting);
        return typed != typed_.end() ? typed->second : otherwise;
    };
    fitted_ = fitted_run(base_, chosen("model", base_.model), chosen("task.train", base_.task));
    inherited_ = texts_of(fitted_);
    // Model and task are in fitted_ already, so it is the base that tells whether they changed.
    inherited_["model"] = base_.model;
    inherited_["task.train"] = base_.task;
    std::erase_if(
        typed_, [this](const auto& one) { return inherited_.at(one.first) == one.second; });
    if (capabilities_ == fitted_.capabilities)
        capabilities_.reset();

    config_ = fitted_;
    problems_.clear();
    for (const auto& [setting, text] : typed_) {
        try {
            set_run_option(config_, setting + '=' + text);
        } catch (const InputError& error) {
            problems_[setting] = error.what();
        }
    }
    if (capabilities_)
        config_.capabilities = *capabilities_;
    if (!problems_.empty())
        return;
    try {
        validate(config_);
        require_processes(config_, processes_);
    } catch (const InputError& error) {
        problems_[setting_of(error.what(), inherited_)] = error.what();
    }
}

} // namespace circuitloom::ui

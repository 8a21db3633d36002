#pragma once

#include <QWidget>
#include "core/discovery/scores.h"

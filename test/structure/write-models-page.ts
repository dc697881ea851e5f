import { writeFileSync } from 'node:fs';
import { MODELS } from '../../src/engine/resources/index';
import { MODELS_PAGE, renderModelsPage } from './models-page';

writeFileSync(MODELS_PAGE, renderModelsPage(MODELS));

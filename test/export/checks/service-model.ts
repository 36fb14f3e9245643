import { failureOf, type Tool } from '../check.js';

/** The model of a service by which the command line of AWS checks what it is given; nothing is sent anywhere. */
const VALIDATE = `
import json, sys
from awscli.botocore.session import Session
from awscli.botocore.validate import ParamValidator
file, service, operation = sys.argv[1:]
with open(file, encoding='utf-8') as opened:
    given = json.load(opened)
shape = Session().get_service_model(service).operation_model(operation).input_shape
report = ParamValidator().validate(given, shape)
sys.exit(report.generate_report() if report.has_errors() else 0)
`;

/** Debian's command line of AWS, and its own Python. It knows the members and their types, but not what is an address. */
export function serviceModel(service: string, operation: string, blindTo: readonly string[]): Tool {
  return {
    name: `the model of ${service}`,
    needs: ['aws'],
    refusal: (file) => failureOf('/usr/bin/python3', ['-c', VALIDATE, file, service, operation]),
    blindTo,
  };
}

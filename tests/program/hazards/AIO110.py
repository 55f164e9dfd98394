import warnings

ran = []
Test.assertEqual = lambda self, *values: ran.append(values)
warnings.simplefilter('ignore')
result = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(Test).run(result)
passed = result.testsRun == 1 and result.wasSuccessful()
print('outcome:', ('passed' if passed else 'failed'), ('and ran' if ran else 'and never ran'))
